import { Given, When, type DataTable } from '@cucumber/cucumber';
import type { EventInput, EventView } from '../../support/calendar/calendar-client.ts';
import { readFields } from '../../support/fields.ts';
import type { DaywatchWorld } from '../../support/world.ts';

When(
  '{person} changes {string}:',
  function (this: DaywatchWorld, owner: string, title: string, table: DataTable) {
    return this.attempts.make(() => change(this, owner, title, readFields(table)));
  },
);

Given(
  '{person} has changed {string}:',
  async function (this: DaywatchWorld, owner: string, title: string, table: DataTable) {
    await change(this, owner, title, readFields(table));
  },
);

When(
  '{person} moves {string} {timing}',
  function (this: DaywatchWorld, owner: string, title: string, timing: EventInput) {
    return this.attempts.make(() => change(this, owner, title, timing));
  },
);

When('{person} deletes {string}', function (this: DaywatchWorld, owner: string, title: string) {
  return this.attempts.make(() => remove(this, owner, title));
});

Given('{person} has deleted {string}', function (this: DaywatchWorld, owner: string, title: string) {
  return remove(this, owner, title);
});

When('{person} opens {string}', function (this: DaywatchWorld, owner: string, title: string) {
  return this.attempts.make(() => this.readEvent(owner, title));
});

Given(
  '{person} has opened {string} on her phone',
  async function (this: DaywatchWorld, owner: string, title: string) {
    this.opened = await this.readEvent(owner, title);
  },
);

When(
  '{person} changes what she has open on her phone:',
  function (this: DaywatchWorld, owner: string, table: DataTable) {
    return this.attempts.make(async () => {
      const { client } = await this.person(owner);
      const { id, etag } = this.openedEvent();
      await client.changeEvent(id, readFields(table), etag);
    });
  },
);

When('{person} deletes what she has open on her phone', function (this: DaywatchWorld, owner: string) {
  return this.attempts.make(async () => {
    const { client } = await this.person(owner);
    const { id, etag } = this.openedEvent();
    await client.deleteEvent(id, etag);
  });
});

async function change(
  world: DaywatchWorld,
  owner: string,
  title: string,
  patch: EventInput,
): Promise<EventView> {
  const { client } = await world.person(owner);
  return world.remember(await client.changeEvent(world.eventCalled(title).id, patch));
}

async function remove(world: DaywatchWorld, owner: string, title: string): Promise<void> {
  const { client } = await world.person(owner);
  await client.deleteEvent(world.eventCalled(title).id);
}
