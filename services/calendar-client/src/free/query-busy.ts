import { CalendarService } from '@daywatch/protocol/calendar';
import type { Session } from '../session.ts';
import type { Slot } from './free-slots.ts';

/** What is busy between two instants, merged; in one calendar, or with the empty id in all of them. */
export async function queryBusy(
  session: Session,
  { start, end }: Slot,
  calendarId: string,
): Promise<readonly Slot[]> {
  const { busy } = await session.api.call(CalendarService.method.queryFreeBusy, {
    from: new Date(start).toISOString(),
    to: new Date(end).toISOString(),
    calendarId,
  });
  return busy.map((interval) => ({ start: Date.parse(interval.start), end: Date.parse(interval.end) }));
}
