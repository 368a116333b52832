import {
  API_VERSION,
  applyDefaults,
  daywatchSpecSchema,
  describeInstallation,
  listObjects,
  type Daywatch,
  type KubernetesObject,
} from '@daywatch/installation';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { covers } from './covers.ts';
import { MANAGED_BY } from './names.ts';

const DAYWATCH: Daywatch = {
  apiVersion: API_VERSION,
  kind: 'Daywatch',
  metadata: { name: 'daywatch', namespace: 'demo' },
  spec: applyDefaults(daywatchSpecSchema.json, {
    version: '0.1.0',
    broker: { managed: {} },
    ingress: { host: 'calendar.example', tlsSecretName: 'tls' },
  }) as Daywatch['spec'],
};
const OBJECTS = listObjects(describeInstallation(DAYWATCH, { managedBy: MANAGED_BY }));

function find(kind: string, name: string): KubernetesObject {
  const found = OBJECTS.find((object) => object.kind === kind && object.metadata.name === name);
  if (found === undefined) throw new Error(`there is no ${kind} ${name}`);
  return found;
}

type Path = readonly (string | number)[];

/** A copy in which `more` is added to the map or the list at a path. */
function add(object: unknown, [field, ...rest]: Path, more: object): unknown {
  if (field === undefined)
    return Array.isArray(object) ? [...(object as unknown[]), more] : { ...(object as object), ...more };
  if (Array.isArray(object))
    return object.map((item: unknown, i) => (i === field ? add(item, rest, more) : item));
  const fields = object as Readonly<Record<string, unknown>>;
  return { ...fields, [field]: add(fields[field], rest, more) };
}

const LABEL = { extra: 'label' };

describe('what somebody has added', () => {
  it.each<readonly [kind: string, name: string, at: Path, more: object]>([
    ['Service', 'daywatch-restapi', ['spec', 'selector'], LABEL],
    ['PodDisruptionBudget', 'daywatch-restapi', ['spec', 'selector', 'matchLabels'], LABEL],
    ['NetworkPolicy', 'daywatch-restapi', ['spec', 'podSelector', 'matchLabels'], LABEL],
    [
      'NetworkPolicy',
      'daywatch-restapi',
      ['spec', 'podSelector'],
      { matchExpressions: [{ key: 'a', operator: 'Exists' }] },
    ],
    ['NetworkPolicy', 'daywatch-restapi', ['spec', 'ingress', 0, 'ports'], { protocol: 'TCP', port: 22 }],
    ['NetworkPolicy', 'daywatch-restapi', ['spec', 'ingress', 0, 'ports', 0], { endPort: 65_535 }],
    ['NetworkPolicy', 'daywatch-restapi', ['spec', 'ingress', 0, 'from'], { ipBlock: { cidr: '0.0.0.0/0' } }],
    ['NetworkPolicy', 'daywatch-restapi', ['spec', 'ingress'], {}],
    ['NetworkPolicy', 'daywatch-restapi', ['spec', 'egress'], {}],
    ['Ingress', 'daywatch-calendar-api', ['spec', 'rules'], { host: 'evil.example' }],
    ['Ingress', 'daywatch-calendar-api', ['spec', 'rules', 0, 'http', 'paths', 0], { path: '/evil' }],
    ['Ingress', 'daywatch-calendar-api', ['spec', 'tls', 0, 'hosts'], ['evil.example']],
    [
      'Deployment',
      'daywatch-restapi',
      ['spec', 'template', 'spec', 'topologySpreadConstraints', 0, 'labelSelector', 'matchLabels'],
      LABEL,
    ],
  ])('should be drift where Kubernetes takes all of it as one value: %s %s %j', (kind, name, at, more) => {
    const wanted = find(kind, name);
    expect(covers(wanted, wanted)).toBe(true);
    expect(covers(add(wanted, at, more), wanted)).toBe(false);
  });

  it.each<readonly [kind: string, name: string, at: Path, more: object]>([
    ['Service', 'daywatch-restapi', ['metadata', 'labels'], LABEL],
    ['Service', 'daywatch-restapi', ['spec', 'ports'], { name: 'debug', port: 9999, protocol: 'TCP' }],
    ['Service', 'daywatch-restapi', ['spec'], { clusterIP: '10.0.0.1', sessionAffinity: 'None' }],
    ['NetworkPolicy', 'daywatch-restapi', ['metadata'], { annotations: { mine: 'too' } }],
    ['Deployment', 'daywatch-restapi', ['metadata'], { annotations: { mine: 'too' } }],
    [
      'Deployment',
      'daywatch-restapi',
      ['spec', 'template', 'metadata', 'annotations'],
      { restartedAt: 'now' },
    ],
    [
      'Deployment',
      'daywatch-restapi',
      ['spec', 'template', 'spec', 'containers'],
      { name: 'sidecar', image: 'proxy' },
    ],
    [
      'Deployment',
      'daywatch-restapi',
      ['spec', 'template', 'spec', 'containers', 0],
      { terminationMessagePath: '/dev/x' },
    ],
    [
      'Deployment',
      'daywatch-restapi',
      ['spec', 'template', 'spec', 'volumes'],
      { name: 'theirs', emptyDir: {} },
    ],
    ['Ingress', 'daywatch-calendar-api', ['status'], { loadBalancer: {} }],
  ])('should be left alone where others have fields of their own: %s %s %j', (kind, name, at, more) => {
    const wanted = find(kind, name);
    expect(covers(add(wanted, at, more), wanted)).toBe(true);
  });

  it('should take a list that is empty for the same as none, as the API server does', () => {
    const wanted = { spec: { ingress: [], egress: [], imagePullSecrets: [] } };
    expect(covers({ spec: {} }, wanted)).toBe(true);
    expect(covers({ spec: { ingress: [{}] } }, wanted)).toBe(false);
  });
});

/** The places of all values that are neither maps nor lists. */
function* leaves(value: unknown, at: Path = []): Generator<Path> {
  if (typeof value !== 'object' || value === null) {
    yield at;
    return;
  }
  for (const [field, each] of Object.entries(value))
    yield* leaves(each, [...at, Array.isArray(value) ? Number(field) : field]);
}

function set(object: unknown, [field, ...rest]: Path, value: unknown): unknown {
  if (field === undefined) return value;
  if (Array.isArray(object))
    return object.map((item: unknown, i) => (i === field ? set(item, rest, value) : item));
  const fields = object as Readonly<Record<string, unknown>>;
  return { ...fields, [field]: set(fields[field], rest, value) };
}

describe('a value that somebody has changed', () => {
  it('should always be drift, wherever it is', () => {
    const place = fc
      .constantFrom(...OBJECTS)
      .chain((object) => fc.constantFrom(...leaves(object)).map((at) => ({ object, at })));
    fc.assert(
      fc.property(place, ({ object, at }) => {
        expect(covers(set(object, at, 'changed'), object)).toBe(false);
      }),
    );
  });
});
