import assert from 'node:assert/strict';
import { Given, Then, When, type DataTable } from '@cucumber/cucumber';
import type { EventInput, ReminderView } from '../../support/calendar/calendar-client.ts';
import { waitFor } from '../../support/wait-for.ts';
import type { DaywatchWorld } from '../../support/world.ts';

When(
  '{person} adds {string} {timing}, reminding {span} before',
  function (this: DaywatchWorld, owner: string, title: string, timing: EventInput, before: string) {
    return this.attempts.make(() => this.addEvent(owner, { title, ...timing, notify_before: [before] }));
  },
);

Given(
  '{person} has {string} {timing}, reminding {span} before',
  async function (this: DaywatchWorld, owner: string, title: string, timing: EventInput, before: string) {
    await this.addEvent(owner, { title, ...timing, notify_before: [before] });
  },
);

When(
  '{person} adds {string} {timing}, {rhythm}, reminding {span} before',
  function (
    this: DaywatchWorld,
    owner: string,
    title: string,
    timing: EventInput,
    rrule: string,
    before: string,
  ) {
    const event = { title, ...timing, recurrence: { rrule }, notify_before: [before] };
    return this.attempts.make(() => this.addEvent(owner, event));
  },
);

Given(
  '{person} has {string} {timing}, {rhythm}, reminding {span} before',
  async function (
    this: DaywatchWorld,
    owner: string,
    title: string,
    timing: EventInput,
    rrule: string,
    before: string,
  ) {
    await this.addEvent(owner, { title, ...timing, recurrence: { rrule }, notify_before: [before] });
  },
);

When(
  '{person} adds {string}, which starts in {int} seconds, with (a )reminder(s) {spans} before',
  async function (
    this: DaywatchWorld,
    owner: string,
    title: string,
    seconds: number,
    before: readonly string[],
  ) {
    await this.attempts.make(() => addSoon(this, owner, { title, seconds, before }));
    this.attempts.expectDone();
  },
);

Given(
  '{person} has {string}, which starts in {int} seconds, with (a )reminder(s) {spans} before',
  async function (
    this: DaywatchWorld,
    owner: string,
    title: string,
    seconds: number,
    before: readonly string[],
  ) {
    await addSoon(this, owner, { title, seconds, before });
  },
);

When(
  '{person} puts {string} off by {int} minutes',
  async function (this: DaywatchWorld, owner: string, title: string, minutes: number) {
    const { client } = await this.person(owner);
    const { id, start } = this.eventCalled(title);
    const later = formatInstant(Date.parse(start) + minutes * 60_000);
    this.remember(await client.changeEvent(id, { start: later, duration: 'PT1H' }));
  },
);

Then('the reminders of {string} are:', async function (this: DaywatchWorld, title: string, table: DataTable) {
  this.attempts.expectSeen();
  const reminders = await remindersOf(this, 'Alice', title);
  assert.deepEqual(
    reminders.map(({ due_at, status }) => ({ due: due_at, status })),
    table.hashes(),
  );
});

Then('{string} has no reminder', async function (this: DaywatchWorld, title: string) {
  this.attempts.expectDone();
  assert.deepEqual(await remindersOf(this, 'Alice', title), []);
});

Then('{string} has 1 reminder that is sent', async function (this: DaywatchWorld, title: string) {
  const [reminder] = await waitForStatus(this, 'Alice', title, 'sent');
  const all = await remindersOf(this, 'Alice', title);
  assert.deepEqual(
    all.map(({ id, status }) => [id, status]),
    [[reminder?.id, 'sent']],
  );
});

Then(
  'the reminder of {string} is recorded as sent, by the first attempt, and not late',
  async function (this: DaywatchWorld, title: string) {
    const [reminder] = await waitForStatus(this, 'Alice', title, 'sent');
    assert.deepEqual([reminder?.attempts, reminder?.late, reminder?.channel], [1, false, 'webhook']);
    assert.ok(Date.parse(reminder?.sent_at ?? '') >= Date.parse(reminder?.due_at ?? ''));
  },
);

Then(
  'the reminder of {string} is recorded as sent, by the attempt number {int}',
  async function (this: DaywatchWorld, title: string, attempt: number) {
    const [reminder] = await waitForStatus(this, 'Carol', title, 'sent');
    assert.equal(reminder?.attempts, attempt);
  },
);

Then(
  'the reminder of {string} is recorded as failed: {string}',
  async function (this: DaywatchWorld, title: string, reason: string) {
    const [reminder] = await waitForStatus(this, 'Carol', title, 'failed');
    assert.ok(reminder?.error?.includes(reason), `it failed otherwise: ${reminder?.error}`);
    assert.equal(reminder?.attempts, 1);
  },
);

interface Soon {
  readonly title: string;
  readonly seconds: number;
  readonly before: readonly string[];
}

/** An event of the near future, which leaves its time free: other scenarios play in the same minutes. */
async function addSoon(world: DaywatchWorld, owner: string, { title, seconds, before }: Soon): Promise<void> {
  const start = formatInstant(Date.now() + seconds * 1000);
  await world.addEvent(owner, { title, start, duration: 'PT1H', busy: false, notify_before: before });
}

/** Starts are whole seconds. */
function formatInstant(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 'YYYY-MM-DDThh:mm:ss'.length)}Z`;
}

async function remindersOf(
  world: DaywatchWorld,
  owner: string,
  title: string,
): Promise<readonly ReminderView[]> {
  const { client } = await world.person(owner);
  return client.listReminders({ event_id: world.eventCalled(title).id });
}

async function waitForStatus(
  world: DaywatchWorld,
  owner: string,
  title: string,
  status: string,
): Promise<readonly ReminderView[]> {
  let last: readonly ReminderView[] = [];
  return waitFor(
    `a reminder that is ${status}`,
    async () => {
      last = await remindersOf(world, owner, title);
      const found = last.filter((reminder) => reminder.status === status);
      return found.length > 0 ? found : undefined;
    },
    () => `There is: ${JSON.stringify(last)}`,
  );
}
