import type { Expectations } from '../file/test-file.ts';
import { shorten } from '../text/shorten.ts';
import type { Answer } from './answer.ts';
import { followPath, type Json } from './json-path.ts';
import { describeJson, describeMatcher, isMatch, type Matcher } from './matcher.ts';

/** What of an answer is not as expected, each in the words of the report: `ExpectedCode 200 got 400`. */
export function checkAnswer(expectations: Expectations, answer: Answer): readonly string[] {
  return [
    ...checkStatus(expectations, answer),
    ...checkRows(expectations, answer),
    ...checkContains(expectations, answer),
    ...checkHeaders(expectations, answer),
    ...checkJson(expectations, answer),
  ];
}

function checkStatus({ code, status }: Expectations, answer: Answer): readonly string[] {
  if (answer.status === undefined) return [];
  if (!/^\d+$/.test(answer.status)) {
    const expected = status ?? 'OK';
    return answer.status === expected
      ? []
      : [`ExpectedStatus ${expected} got ${answer.status}${describeBody(answer)}`];
  }
  const expected = code ?? '2xx';
  const isExpected = expected.endsWith('xx') ? answer.status[0] === expected[0] : answer.status === expected;
  return isExpected ? [] : [`ExpectedCode ${expected} got ${answer.status}`];
}

/** A refused call has its reason in the body. */
function describeBody({ body }: Answer): string {
  return body === '' ? '' : `: ${shorten(body, 200)}`;
}

function checkRows({ rows }: Expectations, { json }: Answer): readonly string[] {
  const count = Array.isArray(json) ? json.length : 0;
  return rows === undefined || rows === count ? [] : [`ExpectedRows ${rows} got ${count}`];
}

function checkContains({ contains }: Expectations, { body }: Answer): readonly string[] {
  return contains
    .filter((text) => !body.includes(text))
    .map((text) => `ResponseContains ${JSON.stringify(shorten(text))} got ${JSON.stringify(shorten(body))}`);
}

function checkHeaders({ headers }: Expectations, answer: Answer): readonly string[] {
  return Array.from(headers).flatMap(([name, matchers]) => {
    const value = answer.headers.get(name.toLowerCase());
    return failures(matchers.map(asText), value).map((failure) => `ExpectedHeaders ${name} ${failure}`);
  });
}

/** Headers are text, whatever YAML takes the expected value for. */
function asText(matcher: Matcher): Matcher {
  return matcher.kind === 'equals' && typeof matcher.value !== 'object'
    ? { kind: 'equals', value: String(matcher.value) }
    : matcher;
}

function checkJson({ json: expected }: Expectations, { json, body }: Answer): readonly string[] {
  if (expected.length > 0 && json === undefined)
    return [`ExpectedJson got ${JSON.stringify(shorten(body))}, which is no JSON`];
  return expected.flatMap(({ path, steps, matchers }) => {
    const value = json === undefined ? undefined : followPath(json, steps);
    return failures(matchers, value).map((failure) => `ExpectedJson ${path} ${failure}`);
  });
}

function failures(matchers: readonly Matcher[], value: Json | undefined): readonly string[] {
  return matchers
    .filter((matcher) => !isMatch(matcher, value))
    .map((matcher) => `${describeMatcher(matcher)} got ${describeJson(value)}`);
}
