import assert from 'node:assert/strict';
import { Then, When, type DataTable } from '@cucumber/cucumber';
import type { OccurrenceView, PeriodQuery } from '../../support/calendar/calendar-client.ts';
import type { DaywatchWorld } from '../../support/world.ts';

type Period = PeriodQuery['period'];

When(
  '{person} looks at the {period} {date}',
  function (this: DaywatchWorld, owner: string, period: Period, date: string) {
    return look(this, owner, { period, date });
  },
);

When(
  '{person} looks at the {period} {date} in {zone}',
  function (this: DaywatchWorld, owner: string, period: Period, date: string, time_zone: string) {
    return look(this, owner, { period, date, time_zone });
  },
);

When('{person} searches for {string}', async function (this: DaywatchWorld, owner: string, query: string) {
  const { client } = await this.person(owner);
  this.listing = await client.search({ query, calendar_id: this.calendarOf(owner).id });
});

When(
  '{person} reads from {moment} to {moment} in pages of {int}',
  async function (this: DaywatchWorld, owner: string, from: string, to: string, page_size: number) {
    const { client } = await this.person(owner);
    const query = { from, to, calendar_id: this.calendarOf(owner).id, page_size };
    this.pages = [];
    let page_token = '';
    do {
      const page = await client.listRange({ ...query, ...(page_token !== '' && { page_token }) });
      this.pages.push(page.occurrences);
      page_token = page.next_page_token;
    } while (page_token !== '');
  },
);

Then('there are, in this order:', function (this: DaywatchWorld, table: DataTable) {
  const shown = listingOf(this).map(({ title, start, end }) => ({ title, start, end }));
  assert.deepEqual(shown, table.hashes());
});

Then('there are only {string}', function (this: DaywatchWorld, titles: string) {
  assert.deepEqual(titlesOf(listingOf(this)), titles.split(', '));
});

Then('there is nothing', function (this: DaywatchWorld) {
  assert.deepEqual(titlesOf(listingOf(this)), []);
});

Then('{string} is there', function (this: DaywatchWorld, title: string) {
  assert.deepEqual(titlesOf(listingOf(this)), [title]);
});

Then('{string} is not there', function (this: DaywatchWorld, title: string) {
  // It exists: it is the period that does not hold it.
  assert.ok(this.eventCalled(title));
  assert.deepEqual(titlesOf(listingOf(this)), []);
});

Then('there are {int} occurrences of {string}', function (this: DaywatchWorld, count: number, title: string) {
  assert.deepEqual(
    titlesOf(listingOf(this)),
    Array.from({ length: count }, () => title),
  );
});

Then(
  'the pages have {int}, {int} and {int} occurrences, none twice',
  function (this: DaywatchWorld, first: number, second: number, third: number) {
    assert.deepEqual(
      this.pages.map((page) => page.length),
      [first, second, third],
    );
    const starts = this.pages.flat().map(({ start }) => start);
    assert.deepEqual(starts, [...new Set(starts)].sort());
  },
);

Then(
  'on {date} {person} has only {string}',
  async function (this: DaywatchWorld, date: string, owner: string, titles: string) {
    assert.deepEqual(titlesOf(await this.dayOf(owner, date)), titles.split(', '));
  },
);

Then('on {date} {person} has nothing', async function (this: DaywatchWorld, date: string, owner: string) {
  assert.deepEqual(titlesOf(await this.dayOf(owner, date)), []);
});

Then(
  'on {date} {string} begins at {moment}',
  async function (this: DaywatchWorld, date: string, title: string, start: string) {
    const found = await this.dayOf('Alice', date);
    assert.deepEqual(
      found.map((occurrence) => [occurrence.title, occurrence.start]),
      [[title, start]],
    );
  },
);

Then(
  'from {moment} to {moment} {person} is busy:',
  async function (this: DaywatchWorld, from: string, to: string, owner: string, table: DataTable) {
    assert.deepEqual(await askBusy(this, owner, from, to), table.hashes());
  },
);

Then(
  'from {moment} to {moment} {person} is free',
  async function (this: DaywatchWorld, from: string, to: string, owner: string) {
    assert.deepEqual(await askBusy(this, owner, from, to), []);
  },
);

function look(world: DaywatchWorld, owner: string, query: Omit<PeriodQuery, 'calendar_id'>): Promise<void> {
  world.listing = undefined;
  return world.attempts.make(async () => {
    const { client } = await world.person(owner);
    world.listing = await client.listPeriod({ ...query, calendar_id: world.calendarOf(owner).id });
  });
}

async function askBusy(world: DaywatchWorld, owner: string, from: string, to: string) {
  const { client } = await world.person(owner);
  const busy = await client.queryFreeBusy({ from, to, calendar_id: world.calendarOf(owner).id });
  return busy.map(({ start, end }) => ({ start, end }));
}

function listingOf({ listing, attempts }: DaywatchWorld): readonly OccurrenceView[] {
  attempts.expectSeen();
  assert.ok(listing, 'nobody has looked at anything');
  return listing;
}

function titlesOf(occurrences: readonly OccurrenceView[]): readonly string[] {
  return occurrences.map(({ title }) => title);
}
