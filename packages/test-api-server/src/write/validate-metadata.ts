import type { Cause } from '../object/api-error.ts';
import type { KubeObject } from '../object/kube-object.ts';
import type { ResourceType } from '../resource/resource-type.ts';

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const DNS_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL_VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const QUALIFIED_NAME = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const MAX_NAME_LENGTH = 253;
const MAX_LABEL_LENGTH = 63;

/** These names end up in host names. */
const NAMED_AS_LABEL = new Set(['Namespace', 'Service']);

/** What is wrong with an object's metadata, whatever its kind. */
export function validateMetadata(
  { metadata }: KubeObject,
  previous: KubeObject | undefined,
  { kind, group }: ResourceType,
): readonly Cause[] {
  // Roles are named by path segments, which allow nearly everything.
  const isFreelyNamed = group === 'rbac.authorization.k8s.io';
  return [
    ...(previous === undefined && !isFreelyNamed ? nameFaults(metadata.name, kind) : []),
    ...Object.entries(metadata.labels ?? {}).flatMap(([name, value]) => labelFaults(name, value)),
    ...Object.keys(metadata.annotations ?? {}).flatMap((name) =>
      keyFaults(name.toLowerCase(), 'metadata.annotations'),
    ),
    ...finalizerFaults(metadata.finalizers ?? [], previous),
  ];
}

function nameFaults(name: string, kind: string): Cause[] {
  if (name === '') return [required('metadata.name', 'name or generateName is required')];
  if (NAMED_AS_LABEL.has(kind))
    return name.length <= MAX_LABEL_LENGTH && DNS_LABEL.test(name)
      ? []
      : [
          fault(
            'metadata.name',
            name,
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start " +
              "and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is " +
              "'[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
          ),
        ];
  return name.length <= MAX_NAME_LENGTH && DNS_SUBDOMAIN.test(name)
    ? []
    : [
        fault(
          'metadata.name',
          name,
          "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must " +
            "start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is " +
            String.raw`'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')`,
        ),
      ];
}

function labelFaults(name: string, value: string): Cause[] {
  const isFine = typeof value === 'string' && value.length <= MAX_LABEL_LENGTH && LABEL_VALUE.test(value);
  return [
    ...keyFaults(name, 'metadata.labels'),
    ...(isFine
      ? []
      : [
          fault(
            'metadata.labels',
            value,
            "a valid label must be an empty string or consist of at most 63 alphanumeric characters, '-', '_' or " +
              "'.', and must start and end with an alphanumeric character",
          ),
        ]),
  ];
}

function keyFaults(name: string, field: string): Cause[] {
  return QUALIFIED_NAME.test(name)
    ? []
    : [
        fault(
          field,
          name,
          "name part must consist of at most 63 alphanumeric characters, '-', '_' or '.', and must start and end " +
            'with an alphanumeric character',
        ),
      ];
}

function finalizerFaults(finalizers: readonly string[], previous: KubeObject | undefined): Cause[] {
  if (previous?.metadata.deletionTimestamp === undefined) return [];
  const added = finalizers.filter((each) => previous.metadata.finalizers?.includes(each) !== true);
  if (added.length === 0) return [];
  const list = added.map((each) => JSON.stringify(each)).join(', ');
  return [
    {
      reason: 'FieldValueForbidden',
      field: 'metadata.finalizers',
      message:
        'Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers ' +
        `[]string{${list}}`,
    },
  ];
}

function fault(field: string, value: string, why: string): Cause {
  return { reason: 'FieldValueInvalid', field, message: `Invalid value: ${JSON.stringify(value)}: ${why}` };
}

function required(field: string, why: string): Cause {
  return { reason: 'FieldValueRequired', field, message: `Required value: ${why}` };
}
