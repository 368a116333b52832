import type { Cause } from '../object/api-error.ts';
import { isJsonObject, type Json } from '../object/kube-object.ts';
import { isSameJson } from '../object/same-json.ts';
import { compileRule, toCelValue } from './cel-rule.ts';
import type { StructuralSchema, ValidationRule } from './structural-schema.ts';

/** What the CEL rules of a schema say against a value that fits the schema otherwise. */
export function validateRules(
  value: Json,
  previous: Json | undefined,
  schema: StructuralSchema,
  at = '',
): Cause[] {
  const own = (schema['x-kubernetes-validations'] ?? []).flatMap((rule) =>
    checkRule(rule, value, previous, schema, at),
  );
  if (Array.isArray(value)) return [...own, ...validateItems(value, previous, schema, at)];
  if (!isJsonObject(value)) return own;
  const old = isJsonObject(previous) ? previous : {};
  const { properties = {}, additionalProperties } = schema;
  const inner = Object.entries(value).flatMap(([field, each]) => {
    const known = properties[field];
    if (known !== undefined)
      return validateRules(each, old[field], known, at === '' ? field : `${at}.${field}`);
    return typeof additionalProperties === 'object'
      ? validateRules(each, old[field], additionalProperties, `${at}[${field}]`)
      : [];
  });
  return [...own, ...inner];
}

/** Items of a list have an old value only where keys tell which one it was. */
function validateItems(
  items: readonly Json[],
  previous: Json | undefined,
  schema: StructuralSchema,
  at: string,
): Cause[] {
  const { items: itemSchema } = schema;
  if (itemSchema === undefined) return [];
  const keys = schema['x-kubernetes-list-map-keys'];
  const old = Array.isArray(previous) ? previous : [];
  const oldOf = (item: Json): Json | undefined =>
    old.find(
      (each) =>
        isJsonObject(each) &&
        isJsonObject(item) &&
        keys?.every((key) => isSameJson(each[key], item[key])) === true,
    );
  return items.flatMap((item, index) => validateRules(item, oldOf(item), itemSchema, `${at}[${index}]`));
}

function checkRule(
  validation: ValidationRule,
  value: Json,
  previous: Json | undefined,
  schema: StructuralSchema,
  at: string,
): Cause[] {
  const { rule, message, messageExpression, reason = 'FieldValueInvalid', fieldPath = '' } = validation;
  const compiled = compileRule(rule);
  if (compiled.usesOldSelf && previous === undefined) return [];
  const scope = {
    self: toCelValue(value, schema),
    ...(previous !== undefined && { oldSelf: toCelValue(previous, schema) }),
  };
  const field = `${at}${fieldPath}` || '<nil>';
  const shown = isJsonObject(value) ? '"object"' : Array.isArray(value) ? '"array"' : JSON.stringify(value);
  const fault = (text: string): Cause[] => [{ reason, field, message: `Invalid value: ${shown}: ${text}` }];
  try {
    if (compiled.evaluate(scope) === true) return [];
  } catch (error) {
    return fault(`rule evaluation error: ${error instanceof Error ? error.message : String(error)}`);
  }
  const told =
    messageExpression === undefined ? undefined : String(compileRule(messageExpression).evaluate(scope));
  return fault(told ?? message ?? `failed rule: ${rule}`);
}
