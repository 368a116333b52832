import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventInput } from '../src/event/event-input.ts';
import { toOccurrenceView } from '../src/occurrence/occurrence-view.ts';
import { searchEvents, type SearchRequest } from '../src/search/search-events.ts';
import { at } from './fixtures.ts';
import { openService, type Service } from './series-service.ts';
import type { OpenStores, Stores } from './stores.ts';

const NOW = at('2027-06-01T12:00:00.500Z');

/** What every EventSearch promises, as the use case shows it. */
export function describeSearch(name: string, open: OpenStores): void {
  describe(`searching in ${name}`, () => {
    let stores: Stores;
    let service: Service;
    beforeAll(async () => {
      stores = await open();
    });
    afterAll(() => stores[Symbol.asyncDispose]());

    /** Begins with an empty calendar of a new user. */
    function begin(): void {
      service = openService(stores);
      service.clock.now = NOW;
    }

    const create = (start: string, input: EventInput) =>
      service.create({ start, duration: 'PT1H', busy: false, ...input });

    async function find(query: string, request: Partial<SearchRequest> = {}): Promise<readonly string[]> {
      const { occurrences } = await searchEvents(service.context, service.user, { query, ...request });
      return occurrences.map(toOccurrenceView).map(({ title, start }) => `${title} ${start}`);
    }

    it('should find every word in title, location or description, by its beginning, without case and accents', async () => {
      begin();
      await create('2027-07-01T09:00:00Z', { title: 'Café with Zoë', location: 'Hauptstraße 5' });
      await create('2027-07-02T09:00:00Z', { title: 'Ёлка', description: 'Take the cafe’s\nbread along' });

      const cafe = 'Café with Zoë 2027-07-01T09:00:00Z';
      const tree = 'Ёлка 2027-07-02T09:00:00Z';
      expect(await find('CAFE')).toEqual([cafe, tree]);
      expect(await find('zoe caf')).toEqual([cafe]);
      expect(await find('hauptstraße')).toEqual([cafe]);
      expect(await find('елк BREAD')).toEqual([tree]);
      expect(await find('afe')).toEqual([]);
      expect(await find('cafe nothing')).toEqual([]);
      expect(await find("caf' | 'x")).toEqual([]);
    });

    it('should put what comes next first, then what is over, the latest first', async () => {
      begin();
      await create('2027-06-01T11:30:00Z', { title: 'x now' });
      await create('2027-06-03T11:30:00Z', { title: 'x soon' });
      await create('2030-06-03T11:30:00Z', { title: 'x far' });
      await create('2027-05-01T11:30:00Z', { title: 'x lately' });
      await create('2020-05-01T11:30:00Z', { title: 'x long ago' });

      const found = (await find('x')).map((line) => line.replace(/ \S+$/, ''));
      expect(found).toEqual(['x now', 'x soon', 'x far', 'x lately', 'x long ago']);
    });

    it('should answer of a series the next occurrence, moved ones where they are, and its last when it is over', async () => {
      begin();
      const daily = await create('2027-05-01T10:00:00Z', {
        title: 'x endless',
        recurrence: { rrule: 'FREQ=DAILY' },
      });
      await create('2027-05-01T10:00:00Z', {
        title: 'x over',
        recurrence: { rrule: 'FREQ=DAILY;COUNT=3' },
      });
      expect(await find('x')).toEqual(['x endless 2027-06-02T10:00:00Z', 'x over 2027-05-03T10:00:00Z']);

      await service.updateOccurrence(daily.id, '2027-06-02T10:00:00Z', 'this', {
        start: '2027-06-02T15:00:00Z',
        end: '2027-06-02T16:00:00Z',
      });
      expect(await find('x endless')).toEqual(['x endless 2027-06-02T15:00:00Z']);
    });

    it('should find an occurrence whose texts were changed by its own words, and by no others', async () => {
      begin();
      const { id } = await create('2027-06-05T10:00:00Z', {
        title: 'Choir',
        location: 'Church',
        recurrence: { rrule: 'FREQ=WEEKLY' },
      });
      const change = (date: string, input: EventInput) =>
        service.updateOccurrence(id, `${date}T10:00:00Z`, 'this', input);
      await change('2027-06-05', { title: 'Concert' });
      await change('2027-06-12', { description: 'With an orchestra' });
      await change('2027-06-19', { busy: false });
      // Further ahead than any horizon.
      await change('2049-06-05', { title: 'Jubilee', location: 'Town hall' });

      expect(await find('concert')).toEqual(['Concert 2027-06-05T10:00:00Z']);
      expect(await find('concert church')).toEqual(['Concert 2027-06-05T10:00:00Z']);
      expect(await find('choir')).toEqual(['Choir 2027-06-12T10:00:00Z']);
      expect(await find('choir orchestra')).toEqual(['Choir 2027-06-12T10:00:00Z']);
      expect(await find('jubilee hall')).toEqual(['Jubilee 2049-06-05T10:00:00Z']);
      expect(await find('jubilee church')).toEqual([]);

      await service.update(id, { location: 'Theatre' });
      expect(await find('concert theatre')).toEqual(['Concert 2027-06-05T10:00:00Z']);
      expect(await find('concert church')).toEqual([]);
      await change('2027-06-05', { title: null });
      expect(await find('concert')).toEqual([]);
      expect(await find('choir')).toEqual(['Choir 2027-06-05T10:00:00Z']);
    });

    it('should answer the next of those with words of their own, or the last where they are over', async () => {
      begin();
      const { id } = await create('2027-05-01T10:00:00Z', {
        title: 'Choir',
        recurrence: { rrule: 'FREQ=DAILY' },
      });
      const rename = (date: string, title: string) =>
        service.updateOccurrence(id, `${date}T10:00:00Z`, 'this', { title });
      for (const date of ['2027-05-03', '2027-05-04']) await rename(date, 'Recording');
      expect(await find('recording')).toEqual(['Recording 2027-05-04T10:00:00Z']);
      for (const date of ['2027-07-04', '2027-07-03']) await rename(date, 'Recording');
      expect(await find('recording')).toEqual(['Recording 2027-07-03T10:00:00Z']);
    });

    it('should follow every change, and forget what is deleted', async () => {
      begin();
      const event = await create('2027-07-01T09:00:00Z', { title: 'Before' });
      await service.update(event.id, { title: 'After' });
      expect([await find('before'), await find('after')]).toEqual([[], ['After 2027-07-01T09:00:00Z']]);
      const series = await create('2027-07-05T09:00:00Z', {
        title: 'Split',
        recurrence: { rrule: 'FREQ=DAILY;COUNT=10' },
      });
      await service.updateOccurrence(series.id, '2027-07-08T09:00:00Z', 'following', { title: 'Second' });
      expect([await find('split'), await find('second')]).toEqual([
        ['Split 2027-07-05T09:00:00Z'],
        ['Second 2027-07-08T09:00:00Z'],
      ]);
      await stores.events.delete(service.user, event.id as never, () => undefined);
      expect(await find('after')).toEqual([]);
    });

    it('should look into one calendar, or all of the user, and never into those of others', async () => {
      begin();
      const { calendar_id: first } = await create('2027-07-01T09:00:00Z', { title: 'x one' });
      const other = openService(stores);
      await other.create({ title: 'x not yours', start: '2027-07-01T09:00:00Z', duration: 'PT1H' });

      expect(await find('x')).toHaveLength(1);
      expect(await find('x', { calendar_id: first })).toHaveLength(1);
      await expect(find('x', { calendar_id: '00000000-0000-4000-8000-000000000000' })).rejects.toThrow(
        'there is no calendar',
      );
      const nobody = openService(stores);
      expect((await searchEvents(nobody.context, nobody.user, { query: 'x' })).occurrences).toEqual([]);
    });

    it('should go on from page to page at the moment of the first, nothing twice and nothing left out', async () => {
      begin();
      const titles = Array.from({ length: 7 }, (_, i) => `x ${i}`);
      // Two at each time: their order is that of their ids.
      for (const [i, title] of titles.entries()) {
        await create(`2027-06-0${1 + (i >> 1)}T12:30:00Z`, { title });
      }
      const seen: string[] = [];
      let page_token = '';
      do {
        const request = { query: 'x', page_size: 2, page_token };
        const page = await searchEvents(service.context, service.user, request);
        seen.push(...page.occurrences.map(({ title }) => title));
        page_token = page.nextPageToken;
        // Meanwhile the first is over.
        service.clock.now = at('2027-06-02T00:00:00Z');
      } while (page_token !== '');
      expect(seen.toSorted()).toEqual(titles);
      expect(seen[0]).toMatch(/^x [01]$/);
    });

    it.each([
      ['', 'query: is empty'],
      ['   ', 'query: is empty'],
      ['– …', "query: '– …' has no letter and no digit; allowed are words"],
      ['a b c d e f g h i j k', 'query: has 11 words; allowed are 1 to 10'],
      ['x'.repeat(201), 'query: has 201 characters; allowed are 1 to 200'],
      ['a\u0000', 'query: has the control character U+0000'],
    ])('should refuse to look for %j', async (query, message) => {
      begin();
      await expect(find(query)).rejects.toThrow(message);
    });
  });
}
