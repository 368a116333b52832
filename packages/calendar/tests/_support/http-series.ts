import { expect } from 'vitest';
import type { TestHttpServer } from './http-server.ts';

/** Five Mondays at 9:00 in Berlin, of which clocks go forward before the third. */
const MONDAYS = {
  title: 'Weekly',
  start: '2027-03-15T09:00:00',
  duration: 'PT1H',
  time_zone: 'Europe/Berlin',
  recurrence: { rrule: 'FREQ=WEEKLY;COUNT=5' },
};
export const SECOND = '2027-03-22T08:00:00Z';
export const THIRD = '2027-03-29T07:00:00Z';

/** Each series is in a calendar of its own, so that none is in another's way. */
export async function makeSeries(server: TestHttpServer, content: object = {}) {
  const calendar = await server.call('POST', '/api/v1/calendars', { name: 'Test' });
  const calendar_id = calendar.body.id as string;
  const { status, body } = await server.call('POST', '/api/v1/events', {
    ...MONDAYS,
    calendar_id,
    ...content,
  });
  expect({ status, body }).toMatchObject({ status: 201 });
  return body;
}

export function pathOf({ id }: { id: string }, recurrenceId: string, scope?: string): string {
  const query = scope === undefined ? '' : `?scope=${scope}`;
  return `/api/v1/events/${id}/occurrences/${recurrenceId}${query}`;
}

export async function listSpring(server: TestHttpServer, calendarId: string) {
  const { body } = await server.call(
    'GET',
    `/api/v1/occurrences?from=2027-03-01T00:00:00Z&to=2027-06-01T00:00:00Z&calendar_id=${calendarId}`,
  );
  return body.occurrences as readonly Record<string, unknown>[];
}
