import { badRequest } from '../object/api-error.ts';
import { toText, valueAt, type KubeObject } from '../object/kube-object.ts';

export type FieldSelector = (object: KubeObject) => boolean;

/** What the real server can select by, besides `metadata.name` and `metadata.namespace`, which go everywhere. */
const SELECTABLE: Readonly<Record<string, readonly string[]>> = {
  pods: ['spec.nodeName', 'spec.restartPolicy', 'spec.serviceAccountName', 'status.phase', 'status.podIP'],
  events: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'reason',
    'type',
    'source',
    'reportingComponent',
  ],
  secrets: ['type'],
  namespaces: ['status.phase'],
  jobs: ['status.successful'],
};

/** Parses the text of `fieldSelector=`. @throws ApiError 400 for a field that this resource is not selected by */
export function parseFieldSelector(text: string, plural: string): FieldSelector {
  const requirements = text
    .split(',')
    .filter((part) => part !== '')
    .map((part) => parseRequirement(part, plural));
  return (object) => requirements.every((holds) => holds(object));
}

function parseRequirement(part: string, plural: string): FieldSelector {
  const { field, operator, value } =
    /^(?<field>[^=!]+)(?<operator>==|=|!=)(?<value>.*)$/.exec(part)?.groups ?? {};
  if (field === undefined || operator === undefined)
    throw badRequest(`invalid selector: '${part}'; can't understand '${part}'`);
  const allowed = ['metadata.name', 'metadata.namespace', ...(SELECTABLE[plural] ?? [])];
  if (!allowed.includes(field))
    throw badRequest(
      `Unable to find "${plural}" that match field selector: field label not supported: ${field}`,
    );
  const path = field.split('.');
  const isWanted = operator !== '!=';
  return (object) => (toText(valueAt(object, path)) === value) === isWanted;
}
