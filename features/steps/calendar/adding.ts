import assert from 'node:assert/strict';
import { Given, Then, When, type DataTable } from '@cucumber/cucumber';
import { Refusal } from '../../support/calendar/refusal.ts';
import type { EventInput } from '../../support/calendar/calendar-client.ts';
import { readFields } from '../../support/fields.ts';
import type { ExpectedRefusal } from '../../support/refusals.ts';
import type { DaywatchWorld } from '../../support/world.ts';
import { expectRefusal } from './outcome.ts';

Given(
  '{person} has {string} {timing}',
  async function (this: DaywatchWorld, owner: string, title: string, timing: EventInput) {
    await this.addEvent(owner, { title, ...timing });
  },
);

Given(
  '{person} has {string} {timing} with:',
  async function (this: DaywatchWorld, owner: string, title: string, timing: EventInput, table: DataTable) {
    await this.addEvent(owner, { title, ...timing, ...readFields(table) });
  },
);

Given(
  '{person} has {string} {timing}, {rhythm}',
  async function (this: DaywatchWorld, owner: string, title: string, timing: EventInput, rrule: string) {
    await this.addEvent(owner, { title, ...timing, recurrence: { rrule } });
  },
);

When(
  '{person} adds {string} {timing}',
  function (this: DaywatchWorld, owner: string, title: string, timing: EventInput) {
    return this.attempts.make(() => this.addEvent(owner, { title, ...timing }));
  },
);

When(
  '{person} adds {string} {timing} with:',
  function (this: DaywatchWorld, owner: string, title: string, timing: EventInput, table: DataTable) {
    return this.attempts.make(() => this.addEvent(owner, { title, ...timing, ...readFields(table) }));
  },
);

When(
  '{person} adds {string} {timing}, {rhythm}',
  function (this: DaywatchWorld, owner: string, title: string, timing: EventInput, rrule: string) {
    return this.attempts.make(() => this.addEvent(owner, { title, ...timing, recurrence: { rrule } }));
  },
);

When(
  '{person} adds {string} to {string} {timing}',
  function (this: DaywatchWorld, owner: string, title: string, calendar: string, timing: EventInput) {
    return this.attempts.make(() => this.addEvent(owner, { title, ...timing }, calendar));
  },
);

When(
  '{person} adds {string} {timing} with the uid of {string}',
  function (this: DaywatchWorld, owner: string, title: string, timing: EventInput, other: string) {
    const { uid } = this.eventCalled(other);
    return this.attempts.make(() => this.addEvent(owner, { title, ...timing, uid }));
  },
);

When(
  '{person} adds an event with a title of {int} letters',
  function (this: DaywatchWorld, owner: string, length: number) {
    const event = { title: 'a'.repeat(length), start: '2031-05-05T09:00:00', duration: 'PT1H' };
    return this.attempts.make(() => this.addEvent(owner, event));
  },
);

When(
  '{person} adds {string} again, under the same id',
  function (this: DaywatchWorld, owner: string, title: string) {
    const { id, start, end } = this.eventCalled(title);
    return this.attempts.make(() => this.addEvent(owner, { id, title, start, end }));
  },
);

When(
  '{person} adds {string} again, under the same id, with:',
  function (this: DaywatchWorld, owner: string, title: string, table: DataTable) {
    const { id, start, end } = this.eventCalled(title);
    return this.attempts.make(() => this.addEvent(owner, { id, title, start, end, ...readFields(table) }));
  },
);

When(
  '{person} tries {int} times at once to add an event {timing}',
  async function (this: DaywatchWorld, owner: string, count: number, timing: EventInput) {
    this.contest = await Promise.allSettled(
      Array.from({ length: count }, (_, number) =>
        this.addEvent(owner, { title: `Attempt ${number}`, ...timing }),
      ),
    );
  },
);

Then(
  'exactly {int} of them is there, and the others were refused because {refusal}',
  async function (this: DaywatchWorld, winners: number, expected: ExpectedRefusal) {
    const added = this.contest.flatMap((each) => (each.status === 'fulfilled' ? [each.value.id] : []));
    assert.equal(added.length, winners);
    for (const each of this.contest) {
      if (each.status === 'fulfilled') continue;
      if (!(each.reason instanceof Refusal)) throw each.reason;
      expectRefusal(this, each.reason, expected);
    }
    const { client } = await this.person('Alice');
    const calendar_id = this.calendarOf('Alice').id;
    const listed = await client.listPeriod({ period: 'day', date: '2031-05-06', calendar_id });
    assert.deepEqual(
      listed.map(({ event_id }) => event_id),
      added,
    );
  },
);
