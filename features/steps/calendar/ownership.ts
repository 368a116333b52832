import assert from 'node:assert/strict';
import { Given, Then, When, type DataTable } from '@cucumber/cucumber';
import type { CalendarClient } from '../../support/calendar/calendar-client.ts';
import { Refusal } from '../../support/calendar/refusal.ts';
import { createToken, revokeToken } from '../../support/daywatch-command.ts';
import { readFields } from '../../support/fields.ts';
import type { ExpectedRefusal } from '../../support/refusals.ts';
import { waitFor } from '../../support/wait-for.ts';
import type { DaywatchWorld } from '../../support/world.ts';
import { expectRefusal } from './outcome.ts';

const A_DAY = { period: 'day', date: '2031-05-05' } as const;

When(
  "{person} opens {person}'s {string}",
  async function (this: DaywatchWorld, other: string, _owner: string, title: string) {
    const { client } = await this.person(other);
    await this.attempts.make(() => client.getEvent(this.eventCalled(title).id));
  },
);

When(
  "{person} changes {person}'s {string}:",
  async function (this: DaywatchWorld, other: string, _owner: string, title: string, table: DataTable) {
    const { client } = await this.person(other);
    await this.attempts.make(() => client.changeEvent(this.eventCalled(title).id, readFields(table)));
  },
);

When(
  "{person} deletes {person}'s {string}",
  async function (this: DaywatchWorld, other: string, _owner: string, title: string) {
    const { client } = await this.person(other);
    await this.attempts.make(() => client.deleteEvent(this.eventCalled(title).id));
  },
);

When(
  "{person} looks at {person}'s calendar",
  async function (this: DaywatchWorld, other: string, owner: string) {
    const { client } = await this.person(other);
    await this.attempts.make(() => client.listPeriod({ ...A_DAY, calendar_id: this.calendarOf(owner).id }));
  },
);

When(
  "{person} adds {string} to {person}'s calendar",
  async function (this: DaywatchWorld, other: string, title: string, owner: string) {
    const { client } = await this.person(other);
    const event = { title, start: '2031-05-05T09:00:00', duration: 'PT1H' };
    await this.attempts.make(() => client.createEvent({ ...event, calendar_id: this.calendarOf(owner).id }));
  },
);

Then(
  '{person} has {int} calendar, which is her default one',
  async function (this: DaywatchWorld, name: string, count: number) {
    const { client } = await this.person(name);
    const calendars = await client.listCalendars();
    assert.deepEqual(
      calendars.map((calendar) => calendar.default),
      Array.from({ length: count }, () => true),
    );
  },
);

When(
  '{person} adds {string} without naming a calendar',
  async function (this: DaywatchWorld, name: string, title: string) {
    const { client } = await this.person(name);
    const event = { title, start: '2031-05-05T09:00:00', duration: 'PT1H' };
    await this.attempts.make(async () => this.remember(await client.createEvent(event)));
  },
);

Then('{string} is in her default calendar', async function (this: DaywatchWorld, title: string) {
  const { client } = await this.person('Carol');
  const [own] = await client.listCalendars();
  assert.equal(this.eventCalled(title).calendar_id, own?.id);
});

When('somebody looks at a day with no token', function (this: DaywatchWorld) {
  return lookAtDay(this, this.cast.connect(undefined));
});

When('somebody looks at a day with a token that is made up', function (this: DaywatchWorld) {
  return lookAtDay(this, this.cast.connect(`dw_${'x'.repeat(43)}`));
});

Given('the token of {person} has been revoked', async function (this: DaywatchWorld, name: string) {
  const { userId, client } = await this.person(name);
  // It has worked until now: otherwise being refused would prove nothing.
  await client.listCalendars();
  await revokeToken(this.surroundings, 'features', userId);
});

Given(
  '{person} has a token for {int} second',
  async function (this: DaywatchWorld, name: string, seconds: number) {
    const { userId } = await this.welcome(name);
    const request = { name: 'short', user: userId, expires: `${seconds}s` };
    this.other = this.cast.connect(await createToken(this.surroundings, request));
  },
);

Given('{person} has a token for the monitor alone', async function (this: DaywatchWorld, name: string) {
  const { userId } = await this.welcome(name);
  const token = await createToken(this.surroundings, {
    name: 'board',
    user: userId,
    scopes: ['monitor:read'],
  });
  this.other = this.cast.connect(token);
});

When('{person} looks at her calendars', async function (this: DaywatchWorld, name: string) {
  const client = this.other ?? (await this.person(name)).client;
  await this.attempts.make(() => client.listCalendars());
});

Then(
  'before long {person} is refused because {refusal}',
  async function (this: DaywatchWorld, name: string, expected: ExpectedRefusal) {
    const client = this.other ?? (await this.person(name)).client;
    // A server may remember a token for some seconds.
    const refusal = await waitFor('the refusal', async () => {
      try {
        await client.listCalendars();
        return undefined;
      } catch (error) {
        if (error instanceof Refusal) return error;
        throw error;
      }
    });
    expectRefusal(this, refusal, expected);
  },
);

function lookAtDay(world: DaywatchWorld, client: CalendarClient): Promise<void> {
  return world.attempts.make(() => client.listPeriod(A_DAY));
}
