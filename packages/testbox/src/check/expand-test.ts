import type { Expectations, Step } from '../file/test-file.ts';
import { expandDeep, expandText, type Lookup } from '../template/template.ts';
import type { Matcher } from './matcher.ts';

/** The step with its references resolved. */
export function expandStep(step: Step, lookup: Lookup): Step {
  switch (step.kind) {
    case 'http': {
      const url = expandText(step.url, lookup);
      const body = step.body === undefined ? undefined : expandDeep(step.body, lookup);
      return { ...step, url, body, headers: expandMap(step.headers, lookup) };
    }
    case 'grpc': {
      const metadata = expandMap(step.metadata, lookup);
      const address = step.address === undefined ? undefined : expandText(step.address, lookup);
      return { ...step, address, metadata, message: expandDeep(step.message, lookup) };
    }
    case 'publish': {
      const headers = expandMap(step.headers, lookup);
      return { ...expandDeep({ ...step, headers: new Map() }, lookup), headers };
    }
    case 'sql':
    case 'consume':
      return expandDeep(step, lookup);
    default:
      return step satisfies never;
  }
}

export function expandExpectations(expectations: Expectations, lookup: Lookup): Expectations {
  return {
    ...expectations,
    contains: expandDeep(expectations.contains, lookup),
    headers: new Map(
      Array.from(expectations.headers, ([name, matchers]) => [name, expandMatchers(matchers, lookup)]),
    ),
    json: expectations.json.map((each) => ({ ...each, matchers: expandMatchers(each.matchers, lookup) })),
  };
}

function expandMatchers(matchers: readonly Matcher[], lookup: Lookup): readonly Matcher[] {
  // A pattern has braces of its own: its references would not be told from them.
  return matchers.map((matcher) => (matcher.kind === 'matches' ? matcher : expandDeep(matcher, lookup)));
}

function expandMap(map: ReadonlyMap<string, string>, lookup: Lookup): ReadonlyMap<string, string> {
  return new Map(Array.from(map, ([name, value]) => [name, expandText(value, lookup)]));
}
