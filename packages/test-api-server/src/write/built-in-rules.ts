import { validateDefinition } from '../definition/validate-definition.ts';
import type { Cause } from '../object/api-error.ts';
import { isJsonObject, valueAt, type Json, type KubeObject } from '../object/kube-object.ts';
import { isSameJson } from '../object/same-json.ts';
import type { ResourceType } from '../resource/resource-type.ts';
import { fitsIntoStore } from './data-size.ts';
import { toLabelSelector, type Labels } from '../selector/label-selector.ts';

/** What the real server refuses of its own kinds, as far as an operator is likely to meet it. */
export function validateBuiltIn(
  object: KubeObject,
  previous: KubeObject | undefined,
  { kind }: ResourceType,
): readonly Cause[] {
  return [
    ...(RULES[kind] ?? []).flatMap((rule) => rule(object)),
    ...(previous === undefined ? [] : (CHANGES[kind] ?? []).flatMap((rule) => rule(object, previous))),
  ];
}

type Rule = (object: KubeObject) => Cause[];
type ChangeRule = (object: KubeObject, previous: KubeObject) => Cause[];

const WORKLOAD: readonly Rule[] = [hasSelector, selectsItself, hasContainers(['spec', 'template', 'spec'])];

const RULES: Readonly<Record<string, readonly Rule[]>> = {
  Pod: [hasContainers(['spec'])],
  Deployment: WORKLOAD,
  ReplicaSet: WORKLOAD,
  StatefulSet: WORKLOAD,
  Job: [hasContainers(['spec', 'template', 'spec']), hasJobRestartPolicy],
  ConfigMap: [fitsIntoStore],
  Secret: [fitsIntoStore],
  CustomResourceDefinition: [validateDefinition],
};

const CHANGES: Readonly<Record<string, readonly ChangeRule[]>> = {
  Deployment: [immutable('spec', 'selector')],
  ReplicaSet: [immutable('spec', 'selector')],
  StatefulSet: [changesOnlyWhatItMay],
  Job: [immutable('spec', 'selector'), immutable('spec', 'template'), immutable('spec', 'completions')],
  Service: [immutable('spec', 'clusterIP')],
  Secret: [immutableWhenSaid],
  ConfigMap: [immutableWhenSaid],
  PersistentVolumeClaim: [keepsClaim],
  RoleBinding: [immutableRole],
  ClusterRoleBinding: [immutableRole],
};

function hasSelector(object: KubeObject): Cause[] {
  return valueAt(object, ['spec', 'selector']) === undefined ? [required('spec.selector')] : [];
}

function selectsItself(object: KubeObject): Cause[] {
  const selector = valueAt(object, ['spec', 'selector']);
  const labels = valueAt(object, ['spec', 'template', 'metadata', 'labels']);
  if (selector === undefined || toLabelSelector(selector)((labels ?? {}) as Labels)) return [];
  return [
    fault(
      'spec.template.metadata.labels',
      `${JSON.stringify(labels ?? null)}: \`selector\` does not match template \`labels\``,
    ),
  ];
}

function hasContainers(path: readonly string[]): Rule {
  return (object) => {
    const at = `${path.join('.')}.containers`;
    const containers = valueAt(object, [...path, 'containers']);
    if (!Array.isArray(containers) || containers.length === 0) return [required(at)];
    return containers.flatMap((container, index) =>
      ['name', 'image'].flatMap((field) =>
        isJsonObject(container) && typeof container[field] === 'string'
          ? []
          : [required(`${at}[${index}].${field}`)],
      ),
    );
  };
}

function hasJobRestartPolicy(object: KubeObject): Cause[] {
  const policy = valueAt(object, ['spec', 'template', 'spec', 'restartPolicy']);
  if (policy === 'Never' || policy === 'OnFailure') return [];
  return [
    {
      reason: 'FieldValueNotSupported',
      field: 'spec.template.spec.restartPolicy',
      message: `Unsupported value: ${JSON.stringify(policy ?? '')}: supported values: "OnFailure", "Never"`,
    },
  ];
}

function immutable(...path: readonly string[]): ChangeRule {
  return (object, previous) => {
    const value = valueAt(object, path);
    return isSameJson(value, valueAt(previous, path))
      ? []
      : [fault(path.join('.'), `${JSON.stringify(value ?? null)}: field is immutable`)];
  };
}

const STATEFUL_SET_MAY_CHANGE = new Set([
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
]);

function changesOnlyWhatItMay(object: KubeObject, previous: KubeObject): Cause[] {
  const fixed = (value: Json | undefined): Json =>
    Object.fromEntries(
      Object.entries(isJsonObject(value) ? value : {}).filter(
        ([field]) => !STATEFUL_SET_MAY_CHANGE.has(field),
      ),
    );
  if (isSameJson(fixed(object['spec']), fixed(previous['spec']))) return [];
  return [
    {
      reason: 'FieldValueForbidden',
      field: 'spec',
      message:
        "Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', " +
        "'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' " +
        'are forbidden',
    },
  ];
}

function keepsClaim(object: KubeObject, previous: KubeObject): Cause[] {
  const fixed = (value: KubeObject): Json => {
    const { resources: _, volumeName: __, ...rest } = isJsonObject(value['spec']) ? value['spec'] : {};
    return rest;
  };
  if (isSameJson(fixed(object), fixed(previous))) return [];
  return [
    {
      reason: 'FieldValueForbidden',
      field: 'spec',
      message:
        'Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName ' +
        'for bound claims',
    },
  ];
}

function immutableWhenSaid(object: KubeObject, previous: KubeObject): Cause[] {
  if (previous['immutable'] !== true) return [];
  return ['data', 'binaryData', 'immutable']
    .filter((field) => !isSameJson(object[field], previous[field]))
    .map((field) => ({
      reason: 'FieldValueForbidden',
      field,
      message: 'Forbidden: field is immutable when `immutable` is set',
    }));
}

function immutableRole(object: KubeObject, previous: KubeObject): Cause[] {
  if (isSameJson(object['roleRef'], previous['roleRef'])) return [];
  return [fault('roleRef', `${JSON.stringify(object['roleRef'] ?? null)}: cannot change roleRef`)];
}

function required(field: string): Cause {
  return { reason: 'FieldValueRequired', field, message: 'Required value' };
}

function fault(field: string, text: string): Cause {
  return { reason: 'FieldValueInvalid', field, message: `Invalid value: ${text}` };
}
