import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  applyDefaults,
  CONFIGURATION_ANNOTATION,
  daywatchSpecSchema,
  describeInstallation,
  listObjects,
  type Daywatch,
} from '@daywatch/installation';
import { hasDebianPackage } from '../../../tests/_support/debian-packages.ts';
import type { Manifest } from './_support/manifest.ts';
import { KUBERNETES_FOLDER, render } from './_support/render.ts';
import { titleOf } from './_support/workloads.ts';

/** What kustomize adds to the name of a ConfigMap: a hash of its content. */
const HASH = /^(daywatch-[a-z-]+)-[a-z0-9]{10}$/;

describe.skipIf(!hasDebianPackage('kubernetes-client')).each(['small', 'production'])('the overlay %s', (name) => {
  let rendered: ReadonlyMap<string, unknown>;
  let described: ReadonlyMap<string, unknown>;

  beforeAll(async () => {
    const objects = await render(`overlays/${name}`);
    rendered = index(objects.filter(({ kind }) => kind !== 'Namespace').map(normalizeRendered));
    described = index((await describeExample(name)).map(normalizeDescribed));
  });

  it('should have the objects that the operator makes of the example of that name', () => {
    expect([...rendered.keys()].toSorted()).toEqual([...described.keys()].toSorted());
  });

  it('should have each of them as the operator makes it', () => {
    for (const [title, object] of described) expect(rendered.get(title), title).toEqual(object);
  });
});

async function describeExample(name: string): Promise<readonly Manifest[]> {
  const text = await readFile(join(KUBERNETES_FOLDER, `examples/${name}.yaml`), 'utf8');
  const resource = parse(text) as Daywatch;
  const spec = applyDefaults(daywatchSpecSchema.json, resource.spec) as Daywatch['spec'];
  const objects = listObjects(describeInstallation({ ...resource, spec }, { managedBy: 'kustomize' }));
  return structuredClone(objects) as unknown as readonly Manifest[];
}

function index(objects: readonly Manifest[]): ReadonlyMap<string, unknown> {
  return new Map(objects.map((object) => [titleOf(object), object]));
}

/** A ConfigMap by its plain name, where it stands and where it is used, and its texts as what they say. */
function normalizeRendered(object: Manifest): Manifest {
  const text = JSON.stringify(object, (_, value: unknown) => (typeof value === 'string' ? value.replace(HASH, '$1') : value));
  return readData(JSON.parse(text) as Manifest);
}

/** The operator says by an annotation what kustomize says by a name. */
function normalizeDescribed(object: Manifest): Manifest {
  const annotations = object.spec?.template?.metadata?.annotations as Record<string, string> | undefined;
  if (annotations !== undefined) {
    expect(Object.keys(annotations)).toEqual([CONFIGURATION_ANNOTATION]);
    Reflect.deleteProperty(object.spec?.template?.metadata ?? {}, 'annotations');
  }
  return readData(object);
}

/** Key orders and comments in a configuration say nothing, and neither do labels of a generated ConfigMap. */
function readData(object: Manifest): Manifest {
  if (object.kind !== 'ConfigMap') return object;
  const data = Object.entries(object.data ?? {}).map(([file, text]) => [
    file,
    file.endsWith('.yaml') ? (parse(text) as unknown) : text,
  ]);
  const { name, namespace } = object.metadata;
  return { ...object, metadata: { name, ...(namespace === undefined ? {} : { namespace }) }, data: Object.fromEntries(data) };
}
