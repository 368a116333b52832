import assert from 'node:assert/strict';
import { Then, type DataTable } from '@cucumber/cucumber';
import { readFields } from '../../support/fields.ts';
import type { DaywatchWorld } from '../../support/world.ts';

const OWNER = 'Alice';

Then(
  '{string} lasts from {moment} to {moment}',
  async function (this: DaywatchWorld, title: string, start: string, end: string) {
    const event = await this.readEvent(OWNER, title);
    assert.deepEqual([event.start, event.end], [start, end]);
  },
);

Then('{string} says:', async function (this: DaywatchWorld, title: string, table: DataTable) {
  const event = await this.readEvent(OWNER, title);
  const expected = readFields(table);
  const said = Object.fromEntries(
    Object.keys(expected).map((field) => [field, event[field as keyof typeof event]]),
  );
  assert.deepEqual(said, expected);
});

Then(
  '{string} has the sequence {int}',
  async function (this: DaywatchWorld, title: string, sequence: number) {
    this.attempts.expectDone();
    assert.equal((await this.readEvent(OWNER, title)).sequence, sequence);
  },
);

Then('{string} belongs to {person}', async function (this: DaywatchWorld, title: string, owner: string) {
  this.attempts.expectDone();
  const { userId } = await this.person(owner);
  assert.equal((await this.readEvent(owner, title)).owner, userId);
});

Then('{string} begins at:', async function (this: DaywatchWorld, title: string, table: DataTable) {
  this.attempts.expectDone();
  const occurrences = await this.occurrencesOf(OWNER, title);
  assert.deepEqual(
    occurrences.map(({ start }) => start),
    table.raw().flat(),
  );
});

Then('{string} takes place on {dates}', async function (this: DaywatchWorld, title: string, dates: string) {
  const occurrences = await this.occurrencesOf(OWNER, title);
  assert.deepEqual(
    occurrences.map(({ start }) => start.slice(0, 'YYYY-MM-DD'.length)),
    dates.split(', '),
  );
});
