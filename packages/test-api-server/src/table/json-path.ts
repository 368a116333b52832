import { isJsonObject, type Json } from '../object/kube-object.ts';

/** A step of a path: a field, an index, all, or the items that a filter lets through. */
type Step =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'all' }
  | { readonly kind: 'filter'; readonly path: readonly string[]; readonly value: Json };

const STEP =
  /\.(?<field>(?:\\.|[^.[\\])+)|\[(?:'(?<quoted>[^']*)'|(?<index>-?\d+)|(?<all>\*)|\?\(@\.(?<path>[\w.]+)\s*==\s*(?<value>[^)]+)\))\]/gy;

/** The values at a JSON path, in the dialect of printer columns: `.status.conditions[?(@.type=="Ready")].status`. */
export function findByJsonPath(value: Json, path: string): Json[] {
  return parse(path).reduce<Json[]>((found, step) => found.flatMap((each) => take(each, step)), [value]);
}

function parse(path: string): Step[] {
  const steps: Step[] = [];
  STEP.lastIndex = 0;
  let end = 0;
  for (let match = STEP.exec(path); match !== null; match = STEP.exec(path)) {
    steps.push(toStep(match.groups ?? {}));
    end = STEP.lastIndex;
  }
  if (end !== path.length)
    throw new Error(`'${path}' is not a JSON path: not understood from '${path.slice(end)}' on`);
  return steps;
}

function toStep(groups: Record<string, string | undefined>): Step {
  const { field, quoted, index, all, path, value } = groups;
  if (index !== undefined) return { kind: 'index', index: Number(index) };
  if (all !== undefined) return { kind: 'all' };
  if (path !== undefined)
    return { kind: 'filter', path: path.split('.'), value: parseLiteral((value ?? '').trim()) };
  const name = quoted ?? (field ?? '').replaceAll(/\\(.)/g, '$1');
  return name === '*' ? { kind: 'all' } : { kind: 'field', name };
}

function parseLiteral(text: string): Json {
  if (/^'.*'$/.test(text)) return text.slice(1, -1);
  return JSON.parse(text) as Json;
}

function take(value: Json, step: Step): Json[] {
  switch (step.kind) {
    case 'field': {
      const inner = isJsonObject(value) ? value[step.name] : undefined;
      return inner === undefined || inner === null ? [] : [inner];
    }
    case 'index': {
      const inner = Array.isArray(value) ? value.at(step.index) : undefined;
      return inner === undefined ? [] : [inner];
    }
    case 'all':
      return Array.isArray(value) ? value : isJsonObject(value) ? Object.values(value) : [];
    case 'filter':
      return (Array.isArray(value) ? value : []).filter((item) => {
        const found = step.path.reduce<Json | undefined>(
          (current, field) => (isJsonObject(current) ? current[field] : undefined),
          item,
        );
        return found === step.value;
      });
    default:
      return step satisfies never;
  }
}
