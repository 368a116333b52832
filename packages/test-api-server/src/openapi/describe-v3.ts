import type { JsonObject } from '../object/kube-object.ts';
import type { ResourceRegistry } from '../resource/resource-registry.ts';
import { apiVersionOf, type ResourceType } from '../resource/resource-type.ts';
import { pathOf, schemaNameOf, schemaOf } from './kind-schema.ts';

const GROUP_VERSION_KIND = 'x-kubernetes-group-version-kind';
/** A client that finds this leaves it to the server to check fields. */
const FIELD_VALIDATION = { name: 'fieldValidation', in: 'query', schema: { type: 'string' } } as const;

/** The answer of `/openapi/v3`: where the document of each version of each group lies. */
export function listDocuments(registry: ResourceRegistry): JsonObject {
  const paths = new Set(registry.all().map(documentPath));
  return {
    paths: Object.fromEntries([...paths].map((path) => [path, { serverRelativeURL: `/openapi/v3/${path}` }])),
  };
}

/** The answer of `/openapi/v3/apis/{group}/{version}`; undefined where there is none. */
export function describeDocument(registry: ResourceRegistry, path: string): JsonObject | undefined {
  const resources = registry.all().filter((resource) => documentPath(resource) === path);
  if (resources.length === 0) return undefined;
  return {
    openapi: '3.0.0',
    info: { title: 'Daywatch test API server', version: 'v1' },
    paths: Object.fromEntries(resources.map((resource) => [pathOf(resource), describePath(resource)])),
    components: {
      schemas: Object.fromEntries(
        resources.map((resource) => [
          schemaNameOf(resource),
          { ...(schemaOf(resource) as JsonObject), [GROUP_VERSION_KIND]: [identify(resource)] },
        ]),
      ),
    },
  };
}

function documentPath(resource: ResourceType): string {
  return `${resource.group === '' ? 'api' : 'apis'}/${apiVersionOf(resource)}`;
}

function describePath(resource: ResourceType): JsonObject {
  const operation = { [GROUP_VERSION_KIND]: identify(resource), responses: {} };
  return { get: operation, patch: { ...operation, parameters: [FIELD_VALIDATION] } };
}

function identify({ group, version, kind }: ResourceType): JsonObject {
  return { group, version, kind };
}
