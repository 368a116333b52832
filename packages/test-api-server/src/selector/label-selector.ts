import { badRequest } from '../object/api-error.ts';
import type { Json } from '../object/kube-object.ts';
import { isJsonObject, toText } from '../object/kube-object.ts';

export type Labels = Readonly<Record<string, string>>;

/** One requirement of a selector. */
type Requirement = (labels: Labels) => boolean;

export type LabelSelector = (labels: Labels | undefined) => boolean;

const SET_BASED = /^(?<key>[^\s!=,()]+)\s+(?<operator>in|notin)\s*\((?<values>[^)]*)\)$/;
const EQUALITY = /^(?<key>[^\s!=,()]+)\s*(?<operator>==|=|!=)\s*(?<value>[^\s!=,()]*)$/;
const EXISTENCE = /^(?<not>!?)\s*(?<key>[^\s!=,()]+)$/;

/** Parses the text of `labelSelector=`. @throws ApiError 400 */
export function parseLabelSelector(text: string): LabelSelector {
  const requirements = splitOutsideBrackets(text).map((part) => parseRequirement(part, text));
  return matchAll(requirements);
}

/** The selector of an object: `matchLabels` and `matchExpressions`, or plain labels, as a Service has them. */
export function toLabelSelector(selector: Json | undefined): LabelSelector {
  if (!isJsonObject(selector)) return () => false;
  const { matchLabels, matchExpressions } = selector;
  const isPlain = matchLabels === undefined && matchExpressions === undefined;
  const labels = isPlain ? selector : isJsonObject(matchLabels) ? matchLabels : {};
  const expressions = Array.isArray(matchExpressions) ? matchExpressions : [];
  return matchAll([
    ...Object.entries(labels).map(
      ([key, value]): Requirement =>
        (has) =>
          has[key] === value,
    ),
    ...expressions.map((expression) => toRequirement(expression)),
  ]);
}

function matchAll(requirements: readonly Requirement[]): LabelSelector {
  return (labels = {}) => requirements.every((holds) => holds(labels));
}

function toRequirement(expression: Json): Requirement {
  const { key, operator, values } = isJsonObject(expression) ? expression : {};
  const name = toText(key);
  const among = Array.isArray(values) ? values.map(String) : [];
  switch (operator) {
    case 'In':
      return (labels) => name in labels && among.includes(labels[name] ?? '');
    case 'NotIn':
      return (labels) => !(name in labels) || !among.includes(labels[name] ?? '');
    case 'Exists':
      return (labels) => name in labels;
    case 'DoesNotExist':
      return (labels) => !(name in labels);
    default:
      throw badRequest(`"${toText(operator)}" is not a valid label selector operator`);
  }
}

function parseRequirement(part: string, whole: string): Requirement {
  const set = SET_BASED.exec(part)?.groups;
  if (set !== undefined) {
    const values = (set['values'] ?? '').split(',').map((value) => value.trim());
    const operator = set['operator'] === 'in' ? 'In' : 'NotIn';
    return toRequirement({ key: set['key'] ?? '', operator, values });
  }
  const equality = EQUALITY.exec(part)?.groups;
  if (equality !== undefined) {
    const operator = equality['operator'] === '!=' ? 'NotIn' : 'In';
    return toRequirement({ key: equality['key'] ?? '', operator, values: [equality['value'] ?? ''] });
  }
  const existence = EXISTENCE.exec(part)?.groups;
  if (existence === undefined)
    throw badRequest(
      `unable to parse requirement: found '${part}' in the label selector '${whole}', expected key=value, ` +
        'key!=value, key in (a,b), key notin (a,b), key or !key',
    );
  return toRequirement({
    key: existence['key'] ?? '',
    operator: existence['not'] === '!' ? 'DoesNotExist' : 'Exists',
  });
}

function splitOutsideBrackets(text: string): string[] {
  return text
    .split(/,(?![^(]*\))/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
