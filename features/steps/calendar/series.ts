import assert from 'node:assert/strict';
import { Given, Then, When, type DataTable } from '@cucumber/cucumber';
import type { EventInput, OccurrenceTarget } from '../../support/calendar/calendar-client.ts';
import { readFields } from '../../support/fields.ts';
import type { DaywatchWorld } from '../../support/world.ts';

type Scope = OccurrenceTarget['scope'];

When(
  '{person} changes the occurrence of {string} on {date}{scope}:',
  function (this: DaywatchWorld, owner: string, title: string, date: string, scope: Scope, table: DataTable) {
    return this.attempts.make(() => change(this, owner, { title, date, scope }, readFields(table)));
  },
);

Given(
  '{person} has changed the occurrence of {string} on {date}:',
  async function (this: DaywatchWorld, owner: string, title: string, date: string, table: DataTable) {
    await change(this, owner, { title, date, scope: 'this' }, readFields(table));
  },
);

When(
  '{person} moves the occurrence of {string} on {date} to: {timing}',
  function (this: DaywatchWorld, owner: string, title: string, date: string, timing: EventInput) {
    return this.attempts.make(() => change(this, owner, { title, date, scope: 'this' }, timing));
  },
);

When(
  '{person} cancels the occurrence of {string} on {date}{scope}',
  function (this: DaywatchWorld, owner: string, title: string, date: string, scope: Scope) {
    return this.attempts.make(() => cancel(this, owner, { title, date, scope }));
  },
);

Given(
  '{person} has cancelled the occurrence of {string} on {date}',
  async function (this: DaywatchWorld, owner: string, title: string, date: string) {
    await cancel(this, owner, { title, date, scope: 'this' });
  },
);

When('{person} cancels that occurrence again', function (this: DaywatchWorld, owner: string) {
  return this.attempts.make(async () => {
    const { client } = await this.person(owner);
    assert.ok(this.cancelled, 'nothing was cancelled');
    await client.deleteOccurrence(this.cancelled);
  });
});

Then(
  'the occurrence of {string} on {date} is still known as that of {moment}',
  async function (this: DaywatchWorld, title: string, date: string, recurrenceId: string) {
    const [occurrence] = await this.dayOf('Alice', date);
    assert.deepEqual(
      [occurrence?.event_id, occurrence?.recurrence_id, occurrence?.overridden],
      [this.eventCalled(title).id, recurrenceId, true],
    );
  },
);

Then(
  'the occurrence of {string} on {date} is as the series has it',
  async function (this: DaywatchWorld, title: string, date: string) {
    const { client } = await this.person('Alice');
    const target = await targetOf(this, 'Alice', { title, date, scope: 'this' });
    const occurrence = await client.getOccurrence(target);
    const series = await this.readEvent('Alice', title);
    assert.deepEqual(
      [occurrence.title, occurrence.location, occurrence.description],
      [series.title, series.location, series.description],
    );
  },
);

Then(
  '{string} is continued by {string}',
  async function (this: DaywatchWorld, firstTitle: string, secondTitle: string) {
    const first = await this.readEvent('Alice', firstTitle);
    const second = await this.readEvent('Alice', secondTitle);
    assert.deepEqual([first.continued_by, second.continues], [second.id, first.id]);
  },
);

Then(
  '{string} has dropped the change of {moment}',
  function (this: DaywatchWorld, title: string, recurrenceId: string) {
    assert.deepEqual(this.eventCalled(title).dropped_overrides, [recurrenceId]);
  },
);

interface Meant {
  readonly title: string;
  readonly date: string;
  readonly scope: Scope;
}

async function change(world: DaywatchWorld, owner: string, meant: Meant, patch: EventInput): Promise<void> {
  const { client } = await world.person(owner);
  const target = await targetOf(world, owner, meant);
  const answered = await client.changeOccurrence(target, patch);
  // What goes on from there is an event of its own, which may have the title of the first.
  if (answered.id !== target.event_id && answered.title !== meant.title) world.remember(answered);
}

async function cancel(world: DaywatchWorld, owner: string, meant: Meant): Promise<void> {
  const { client } = await world.person(owner);
  world.cancelled = await targetOf(world, owner, meant);
  await client.deleteOccurrence(world.cancelled);
}

async function targetOf(
  world: DaywatchWorld,
  owner: string,
  { title, date, scope }: Meant,
): Promise<OccurrenceTarget> {
  const event_id = world.eventCalled(title).id;
  const occurrence = (await world.dayOf(owner, date)).find((each) => each.event_id === event_id);
  assert.ok(occurrence, `'${title}' has no occurrence on ${date}`);
  return { event_id, recurrence_id: occurrence.recurrence_id, scope };
}
