import { ErrInvalidCalendar } from '../errors.ts';
import { parseText } from '../text.ts';
import { parseTimeZone, type TimeZoneId } from '../time/time-zone.ts';
import { Violations } from '../violations.ts';

/** A calendar as a client writes it. Absent fields stay (or take their default, on create). */
export interface CalendarInput {
  readonly id?: string | null | undefined;
  readonly name?: string | null | undefined;
  readonly time_zone?: string | null | undefined;
}

export interface CalendarContent {
  readonly name: string;
  readonly timeZone: TimeZoneId;
}

/**
 * Reads name and zone of a calendar.
 * @param current what absent fields stay at; a calendar needs a name of its own where there is none.
 * @throws ErrInvalidCalendar that names every wrong field.
 */
export function parseCalendar(
  input: CalendarInput,
  current: { readonly name?: string; readonly timeZone: TimeZoneId },
): CalendarContent {
  const violations = new Violations();
  const name = input.name === undefined ? current.name : input.name;
  const parsedName =
    name == null
      ? violations.add('name', 'is missing; allowed are 1 to 200 characters')
      : violations.read('name', () => parseText(name, { minLength: 1, maxLength: 200, multiline: false }));
  const zone = input.time_zone;
  let timeZone: TimeZoneId | undefined = current.timeZone;
  if (zone === null) violations.add('time_zone', 'is null; allowed are IANA names such as Europe/Berlin');
  else if (zone !== undefined) timeZone = violations.read('time_zone', () => parseTimeZone(zone));
  violations.throwIfAny((found) => new ErrInvalidCalendar(found));
  return { name: parsedName as string, timeZone: timeZone as TimeZoneId };
}
