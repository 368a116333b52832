import type { Event } from '@daywatch/protocol/calendar';
import type { CallFailure } from '../api/call-failure.ts';
import { explainConflict } from '../free/explain-conflict.ts';
import { explainSeriesConflict } from '../free/explain-series-conflict.ts';
import type { Slot } from '../free/free-slots.ts';
import { repeatWords, type RepeatOptions } from '../repeat/repeat-options.ts';
import type { Session } from '../session.ts';
import { quoteShell } from '../text/quote-shell.ts';
import { ownSlots, type ChangedSeries } from './change-series.ts';
import { targetWords, type Target, type TypedTarget } from './choose-target.ts';
import type { PlannedTimes } from './plan-times.ts';
import { shortenId } from './short-id.ts';
import { toShownTime } from './shown-time.ts';

/** A change that the server has refused. */
export interface RefusedChange {
  readonly target: Target;
  readonly changed: ChangedSeries;
  readonly times: PlannedTimes | undefined;
  readonly options: TypedTarget & RepeatOptions;
}

/** Adds to a date_busy what is in the way, and what is free: of the whole series where that is what changes. */
export async function explainRefusedChange(
  session: Session,
  failure: CallFailure,
  { target, changed, times, options }: RefusedChange,
): Promise<void> {
  const { event } = target;
  const { zone } = session.settings;
  const isBusy = event.busy ?? !event.allDay;
  const time = times?.shown ?? toShownTime(event, zone);
  const wish = { time, calendarId: event.calendarId };
  const words = repeatWords(options).map(quoteShell).join(' ');
  const toCommand = (typed: string): string =>
    `calendar_client change ${shortenId(event.id)} ${typed}${targetWords(options)}${words === '' ? '' : ` ${words}`}`;
  if (!changed.series) {
    await explainConflict(
      session,
      failure,
      { ...wish, own: isBusy ? ownSlot(event, zone) : undefined },
      toCommand,
    );
    return;
  }
  const own = isBusy ? ownSlots(target, session.now.startOfDay().toInstant(), zone) : [];
  await explainSeriesConflict(session, failure, { ...wish, series: changed.series, own }, toCommand, false);
}

function ownSlot(event: Event, zone: string): Slot | undefined {
  const time = toShownTime(event, zone);
  if (time.kind === 'all-day') return undefined;
  return { start: time.start.epochMilliseconds, end: time.end.epochMilliseconds };
}
