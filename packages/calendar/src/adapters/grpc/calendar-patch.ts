import type { FieldMask } from '@bufbuild/protobuf/wkt';
import type { Calendar } from '@daywatch/protocol/calendar';
import type { CalendarInput } from '../../calendar/calendar-input.ts';
import { parseMask, type MaskRule } from './field-mask.ts';

const FIELDS = ['name', 'time_zone'] as const;

const RULE: MaskRule<(typeof FIELDS)[number]> = {
  fields: FIELDS,
  readOnly: {
    id: 'names the calendar and does not change',
    owner: 'is read-only',
    revision: 'is read-only',
    default: 'is read-only',
  },
};

/**
 * The patch that an update of a calendar means. Neither field can be cleared, which the use case says.
 * @throws ErrInvalidRequest for a mask that names what cannot be changed.
 */
export function toCalendarPatch(calendar: Calendar, updateMask: FieldMask | undefined): CalendarInput {
  const mask = parseMask(updateMask, RULE);
  const given = readSetFields(calendar);
  if (mask.kind === 'set-fields') return given;
  const fields = mask.kind === 'named' ? mask.fields : FIELDS;
  return Object.fromEntries(fields.map((field) => [field, given[field] ?? null]));
}

/** A calendar to create; empty text is absent. */
export function toCalendarInput(calendar: Calendar): CalendarInput {
  return { id: calendar.id || undefined, ...readSetFields(calendar) };
}

function readSetFields({ name, timeZone }: Calendar) {
  return { name: name || undefined, time_zone: timeZone || undefined };
}
