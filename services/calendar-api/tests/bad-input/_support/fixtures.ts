import type { JsonObject } from '@bufbuild/protobuf';
import { callHttp, toHttpRequest } from './call-http.ts';
import type { ApiUnderTest } from './api-under-test.ts';

/** Alice's event, on 23 November 2026 from 9 to 10 in UTC. */
export const EVENT = '0196a1b2-0000-7000-8000-00000000e001';
/** Alice's all-day event, on 1 and 2 December 2026. */
export const HOLIDAY = '0196a1b2-0000-7000-8000-00000000e002';
/** Alice's hour on every Wednesday from 18 November 2026 on, at 15:00 in UTC, but for 2 December. */
export const SERIES = '0196a1b2-0000-7000-8000-00000000e004';
/** The recurrence id of the second of them. */
export const SECOND_WEDNESDAY = '2026-11-25T15:00:00Z';
/** Alice's second calendar. */
export const FAMILY = '0196a1b2-0000-7000-8000-00000000ca01';
export const BOBS_EVENT = '0196a1b2-0000-7000-8000-00000000e003';
export const BOBS_CALENDAR = '0196a1b2-0000-7000-8000-00000000ca02';
/** Nobody's. */
export const NOTHING = '0196a1b2-0000-7000-8000-000000000000';

const DENTIST = {
  id: EVENT,
  uid: 'dentist@example.org',
  title: 'Dentist',
  start: '2026-11-23T09:00:00Z',
  end: '2026-11-23T10:00:00Z',
};

const WEDNESDAYS = {
  id: SERIES,
  title: 'Rehearsal',
  start: '2026-11-18T15:00:00Z',
  end: '2026-11-18T16:00:00Z',
  recurrence: { rrule: 'FREQ=WEEKLY', exdates: ['2026-12-02T15:00:00Z'] },
};

/** Gives both users something to lose. */
export async function addFixtures({ port, tokens }: ApiUnderTest): Promise<void> {
  const add = async (operation: 'CreateEvent' | 'CreateCalendar', input: JsonObject, token: string) => {
    const answer = await callHttp(port, toHttpRequest(operation, input, token));
    if (answer.status !== 201) throw new Error(`${operation} answered ${answer.body}`);
  };
  await add('CreateCalendar', { id: FAMILY, name: 'Family' }, tokens.alice);
  await add('CreateCalendar', { id: BOBS_CALENDAR, name: 'Band' }, tokens.bob);
  await add('CreateEvent', DENTIST, tokens.alice);
  await add(
    'CreateEvent',
    { id: HOLIDAY, title: 'Holiday', start: '2026-12-01', end: '2026-12-03', all_day: true },
    tokens.alice,
  );
  await add('CreateEvent', WEDNESDAYS, tokens.alice);
  await add('CreateEvent', { ...DENTIST, id: BOBS_EVENT, uid: 'rehearsal', title: 'Rehearsal' }, tokens.bob);
}
