import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import { API_VERSION, PARTS } from '@daywatch/installation';
import { parse } from 'yaml';
import { VERSION_LABEL } from '../../src/daywatch/names.ts';
import type { KubeObject } from '../../src/cluster/kube-object.ts';
import type { LiveDeployment } from '../../src/cluster/live-objects.ts';
import { conditionOf } from '../../tests/_support/house.ts';
import type { OperatorWorld } from '../support/world.ts';

const COMPONENTS = PARTS.map(({ component }) => component);

Given('a cluster with an operator', function (this: OperatorWorld) {
  this.stage.startOperator();
});

Given('an installation of version {string}', async function (this: OperatorWorld, version: string) {
  await apply(this, { ...identify(this), spec: { version } });
  await this.expectCondition(() => this.daywatch(), 'Progressing', 'False', 'Complete');
  this.history.mark((component) => this.pods(component));
});

When('somebody applies', async function (this: OperatorWorld, yaml: string) {
  await apply(this, parse(this.inWords(yaml)) as KubeObject);
});

When('somebody applies as {string}', async function (this: OperatorWorld, manager: string, yaml: string) {
  await apply(this, parse(this.inWords(yaml)) as KubeObject, manager);
});

function identify({ name, stage }: OperatorWorld) {
  return { apiVersion: API_VERSION, kind: 'Daywatch', metadata: { name, namespace: stage.namespace } };
}

type Specified = KubeObject & { readonly spec?: object };

async function apply(world: OperatorWorld, object: Specified, manager?: string): Promise<void> {
  const options = manager === undefined ? {} : { manager };
  await world.see(await world.stage.admin.apply(withImages(world, object), options));
}

/** An installation pulls its images from where the run was told that they are. */
function withImages({ images }: OperatorWorld, object: Specified): KubeObject {
  if (object.kind !== 'Daywatch') return object;
  return { ...object, spec: { ...object.spec, images: { prefix: images } } } as KubeObject;
}

async function change(world: OperatorWorld, patch: object): Promise<void> {
  world.history.beginChange();
  await world.see(await world.stage.admin.merge(identify(world), patch));
}

When('the Daywatch is changed to', async function (this: OperatorWorld, yaml: string) {
  await change(this, parse(yaml) as object);
});

When('the Daywatch is changed to version {string}', async function (this: OperatorWorld, version: string) {
  await change(this, { spec: { version } });
});

When('the Daywatch is deleted', async function (this: OperatorWorld) {
  await this.stage.admin.remove(identify(this));
});

Then('the Daywatch is gone', async function (this: OperatorWorld) {
  await this.expect(
    () => `the Daywatch to be gone`,
    () => this.daywatch() === undefined,
  );
});

Then('the Daywatch becomes {string}', async function (this: OperatorWorld, type: string) {
  await this.expectCondition(() => this.daywatch(), type, 'True');
});

Then('the Daywatch becomes complete again', async function (this: OperatorWorld) {
  const isSeen = (): boolean => {
    const { metadata, status } = this.daywatch() as {
      metadata: { generation?: number };
      status?: { observedGeneration?: number };
    };
    return status?.observedGeneration === metadata.generation;
  };
  await this.expect(() => 'the new specification to be seen', isSeen);
  await this.expectCondition(() => this.daywatch(), 'Progressing', 'False', 'Complete');
});

Then(
  'it says that {string} is {string} because of {string}',
  async function (this: OperatorWorld, type: string, status: string, reason: string) {
    await this.expectCondition(() => this.daywatch(), type, status, reason);
  },
);

async function says(world: OperatorWorld, name: string, type: string, text: string): Promise<void> {
  await world.expect(
    () => `${type} to say '${text}', it says: ${conditionOf(world.daywatch(name), type)?.message}`,
    () => conditionOf(world.daywatch(name), type)?.message.includes(world.inWords(text)) === true,
  );
}

Then('it says of {string}: {string}', async function (this: OperatorWorld, type: string, text: string) {
  await says(this, this.name, type, text);
});

Then(
  'the Daywatch {string} says of {string}: {string}',
  async function (this: OperatorWorld, name: string, type: string, text: string) {
    await says(this, name, type, text);
  },
);

Then(
  'the Daywatch {string} says that {string} is {string} because of {string}',
  async function (this: OperatorWorld, name: string, type: string, status: string, reason: string) {
    await this.expectCondition(() => this.daywatch(name), type, status, reason);
  },
);

Then(
  'the Daywatch {string} becomes {string}',
  async function (this: OperatorWorld, name: string, type: string) {
    await this.expectCondition(() => this.daywatch(name), type, 'True');
  },
);

Then('it serves version {string}', async function (this: OperatorWorld, version: string) {
  const serving = (): unknown =>
    (this.daywatch() as { status?: { version?: string } } | undefined)?.status?.version;
  await this.expect(
    () =>
      `version ${version} to serve, it is ${String(serving())}: ${conditionOf(this.daywatch(), 'Progressing')?.message}`,
    () => serving() === version,
  );
});

function versionOf(world: OperatorWorld, component: string): string | undefined {
  const deployment: LiveDeployment | undefined = world.get('Deployment', `${world.name}-${component}`);
  return deployment?.spec?.template?.metadata?.labels?.[VERSION_LABEL];
}

/** Both what its pods are told to be and the image that they really have. */
async function runs(world: OperatorWorld, component: string, version: string): Promise<void> {
  const images = (): readonly string[] =>
    world
      .pods(component)
      .map(
        (name) =>
          (world.get('Pod', name) as unknown as { spec: { containers: { image: string }[] } }).spec
            .containers[0]?.image ?? '',
      );
  await world.expect(
    () => `${component} to run ${version}, it runs ${versionOf(world, component)}: ${images().join()}`,
    () =>
      versionOf(world, component) === version &&
      images().length > 0 &&
      images().every((image) => image === `${world.images}/${component}:${version}`),
  );
}

Then('every part runs version {string}', async function (this: OperatorWorld, version: string) {
  for (const component of COMPONENTS) await runs(this, component, version);
});

Then(
  'the part {string} runs version {string}',
  async function (this: OperatorWorld, part: string, version: string) {
    await runs(this, part, version);
  },
);

Then('every part has {int} replicas', async function (this: OperatorWorld, count: number) {
  for (const component of COMPONENTS) {
    await this.expect(
      () => `${component} to have ${count} replicas, it has ${this.pods(component).length}`,
      () => this.pods(component).length === count,
    );
  }
});

Then(
  'the configuration of {string} says {string} is {string}',
  async function (this: OperatorWorld, component: string, key: string, value: string) {
    const read = (): Record<string, unknown> => {
      const { data = {} } = (this.get('ConfigMap', `${this.name}-${component}`) ?? {}) as {
        data?: Record<string, string>;
      };
      return JSON.parse(Object.values(data)[0] ?? '{}') as Record<string, unknown>;
    };
    await this.expect(
      () => `${key} to be ${value}`,
      () => read()[key] === value,
    );
  },
);

Then('the Deployment {string} gets new pods', async function (this: OperatorWorld, name: string) {
  const component = name.replace(`${this.name}-`, '');
  const before = this.history.podsBefore(component);
  assert.ok(before.length > 0);
  await this.expect(
    () => `${name} to have new pods`,
    () => this.pods(component).length > 0 && this.pods(component).every((pod) => !before.includes(pod)),
  );
});

Then('the Deployment {string} has kept its pods', function (this: OperatorWorld, name: string) {
  const component = name.replace(`${this.name}-`, '');
  const before = this.history.podsBefore(component);
  assert.ok(before.length > 0);
  assert.deepEqual(
    before.filter((pod) => !this.pods(component).includes(pod)),
    [],
  );
});
