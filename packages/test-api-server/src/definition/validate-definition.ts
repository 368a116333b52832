import type { Cause } from '../object/api-error.ts';
import { isJsonObject, toText, type Json, type KubeObject } from '../object/kube-object.ts';
import { compileRule } from '../schema/cel-rule.ts';
import type { StructuralSchema } from '../schema/structural-schema.ts';
import { validateValue } from '../schema/validate-value.ts';

/** What makes a CustomResourceDefinition one that cannot be served, as far as people get it wrong. */
export function validateDefinition({ metadata, spec }: KubeObject): Cause[] {
  if (!isJsonObject(spec)) return [required('spec')];
  const { group, names, scope, versions } = spec;
  const { plural, kind } = isJsonObject(names) ? names : {};
  const missing = [
    ...(typeof group === 'string' && group !== '' ? [] : [required('spec.group')]),
    ...(typeof plural === 'string' && plural !== '' ? [] : [required('spec.names.plural')]),
    ...(typeof kind === 'string' && kind !== '' ? [] : [required('spec.names.kind')]),
    ...(Array.isArray(versions) && versions.length > 0 ? [] : [required('spec.versions')]),
  ];
  if (missing.length > 0) return missing;
  const name = `${toText(plural)}.${toText(group)}`;
  return [
    ...(metadata.name === name
      ? []
      : [fault('metadata.name', metadata.name, 'must be spec.names.plural+"."+spec.group')]),
    ...(scope === 'Namespaced' || scope === 'Cluster'
      ? []
      : [fault('spec.scope', scope ?? '', 'must be "Namespaced" or "Cluster"')]),
    ...validateVersions(Array.isArray(versions) ? versions : []),
  ];
}

function validateVersions(versions: readonly Json[]): Cause[] {
  const stored = versions.filter((version) => isJsonObject(version) && version['storage'] === true);
  return [
    ...(stored.length === 1
      ? []
      : [fault('spec.versions', '', 'must have exactly one version marked as storage version')]),
    ...versions.flatMap((version, index) => {
      const at = `spec.versions[${index}].schema.openAPIV3Schema`;
      const { schema } = isJsonObject(version) ? version : {};
      const root = isJsonObject(schema) ? schema['openAPIV3Schema'] : undefined;
      if (!isJsonObject(root)) return [required(at)];
      if (root['type'] !== 'object')
        return [fault(`${at}.type`, root['type'] ?? '', 'must be object at the root')];
      return validateSchema(root, at);
    }),
  ];
}

/** A schema is structural where every value has a type, and its defaults and rules are sound. */
function validateSchema(schema: StructuralSchema, at: string): Cause[] {
  const { properties = {}, additionalProperties, items } = schema;
  const hasType =
    schema.type !== undefined ||
    schema['x-kubernetes-int-or-string'] === true ||
    schema['x-kubernetes-preserve-unknown-fields'] === true;
  return [
    ...(hasType ? [] : [required(`${at}.type`, 'must not be empty for specified object fields')]),
    ...(schema.type === 'array' && items === undefined ? [required(`${at}.items`, 'must be specified')] : []),
    ...(schema.uniqueItems === true
      ? [
          {
            reason: 'FieldValueForbidden',
            field: `${at}.uniqueItems`,
            message:
              'Forbidden: uniqueItems cannot be set to true since the runtime complexity becomes quadratic',
          },
        ]
      : []),
    ...validateListType(schema, at),
    ...validateDefault(schema, at),
    ...validateRulesOf(schema, at),
    ...Object.entries(properties).flatMap(([name, each]) =>
      validateSchema(each, `${at}.properties[${name}]`),
    ),
    ...(typeof additionalProperties === 'object'
      ? validateSchema(additionalProperties, `${at}.additionalProperties`)
      : []),
    ...(items === undefined ? [] : validateSchema(items, `${at}.items`)),
  ];
}

function validateListType(schema: StructuralSchema, at: string): Cause[] {
  const keys = schema['x-kubernetes-list-map-keys'];
  if (schema['x-kubernetes-list-type'] !== 'map') return [];
  if (keys === undefined || keys.length === 0)
    return [
      required(`${at}.x-kubernetes-list-map-keys`, 'must not be empty if x-kubernetes-list-type is map'),
    ];
  const { required: always = [], properties = {} } = schema.items ?? {};
  return keys
    .filter((key) => !always.includes(key) && properties[key]?.default === undefined)
    .map((key) =>
      required(
        `${at}.items.properties[${key}].default`,
        'this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property',
      ),
    );
}

function validateDefault(schema: StructuralSchema, at: string): Cause[] {
  if (schema.default === undefined) return [];
  return validateValue(schema.default, schema).map(({ reason, message }) => ({
    reason,
    field: `${at}.default`,
    message,
  }));
}

function validateRulesOf(schema: StructuralSchema, at: string): Cause[] {
  return (schema['x-kubernetes-validations'] ?? []).flatMap(({ rule, messageExpression }, index) =>
    [rule, messageExpression].flatMap((expression) => {
      if (expression === undefined) return [];
      try {
        compileRule(expression);
        return [];
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        return [
          fault(`${at}.x-kubernetes-validations[${index}].rule`, expression, `compilation failed: ${why}`),
        ];
      }
    }),
  );
}

function required(field: string, why = ''): Cause {
  return {
    reason: 'FieldValueRequired',
    field,
    message: why === '' ? 'Required value' : `Required value: ${why}`,
  };
}

function fault(field: string, value: Json, why: string): Cause {
  return { reason: 'FieldValueInvalid', field, message: `Invalid value: ${JSON.stringify(value)}: ${why}` };
}
