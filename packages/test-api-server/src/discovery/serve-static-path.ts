import type { ApiState } from '../api-state.ts';
import type { ResourceRegistry } from '../resource/resource-registry.ts';
import { ApiError } from '../object/api-error.ts';
import type { JsonObject } from '../object/kube-object.ts';
import { describeDocument, listDocuments } from '../openapi/describe-v3.ts';
import { printV2 } from '../openapi/print-v2.ts';
import { describeGroup, describeGroups, describeResources } from './describe-api.ts';

/** The version that the real server would say, and that this is none. */
const VERSION = {
  major: '1',
  minor: '32',
  gitVersion: 'v1.32.0-daywatch-test',
  gitCommit: '0000000000000000000000000000000000000000',
  gitTreeState: 'clean',
  buildDate: '1970-01-01T00:00:00Z',
  goVersion: 'none: this is a test server in memory, and no Kubernetes',
  compiler: 'none',
  platform: 'linux/amd64',
};

/** What is no resource: health, version, and what there is. @throws ApiError 404 */
export function serveStaticPath(path: string, { registry }: ApiState): JsonObject | string | Buffer {
  const [root, group, version, ...more] = path.split('/').slice(1);
  if (root === 'openapi') return serveOpenApi(path, registry);
  if (more.length === 0)
    switch (root) {
      case 'healthz':
      case 'livez':
      case 'readyz':
        return 'ok';
      case 'version':
        return VERSION;
      case 'api':
        if (group === undefined || group === '')
          return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] };
        if (group === 'v1' && version === undefined) return describeResources(registry, '', 'v1');
        break;
      case 'apis': {
        if (group === undefined || group === '') return describeGroups(registry);
        const found =
          version === undefined
            ? describeGroup(registry, group)
            : describeResources(registry, group, version);
        if (found !== undefined) return found;
        break;
      }
      default:
    }
  throw notFound();
}

function serveOpenApi(path: string, registry: ResourceRegistry): JsonObject | Buffer {
  if (path === '/openapi/v2') return printV2(registry);
  const found =
    path === '/openapi/v3'
      ? listDocuments(registry)
      : describeDocument(registry, path.slice('/openapi/v3/'.length));
  if (found === undefined) throw notFound();
  return found;
}

function notFound(): ApiError {
  return new ApiError(404, 'NotFound', 'the server could not find the requested resource');
}
