import type { FieldMask } from '@bufbuild/protobuf/wkt';
import type { Event } from '@daywatch/protocol/calendar';
import type { EventInput, RecurrenceInput } from '../../event/event-input.ts';
import {
  EVENT_FIELDS,
  readSetFields,
  RECURRENCE_FIELDS,
  type EventField,
  type RecurrenceField,
} from './event-input.ts';
import { parseMask, type MaskRule } from './field-mask.ts';

type EventPath = EventField | `recurrence.${RecurrenceField}`;

const RULE: MaskRule<EventPath> = {
  fields: [...EVENT_FIELDS, ...RECURRENCE_FIELDS.map((part) => `recurrence.${part}` as const)],
  readOnly: {
    id: 'names the event and does not change',
    sequence: 'is read-only',
    owner: 'is read-only',
    etag: 'is read-only; set it in event without naming it',
    created_at: 'is read-only',
    updated_at: 'is read-only',
    recurrence_id: 'is read-only',
    conflicts: 'is read-only',
    dropped_overrides: 'is read-only',
    continues: 'is read-only',
    continued_by: 'is read-only',
  },
};

/** Fixed on create; replacing the whole event may leave them out. */
const FIXED: ReadonlySet<EventPath> = new Set<EventPath>(['calendar_id', 'uid']);

/**
 * The merge patch that an update means. A field that the mask names and that is unset is null, which
 * clears it; `etag` counts with and without a mask. Without a mask, of a recurrence too only what is set
 * is changed, so that a new rule does not bring back the dates that were left out.
 * @param all what the mask `*` stands for.
 * @throws ErrInvalidRequest for a mask that names what cannot be changed.
 */
export function toEventPatch(
  event: Event,
  updateMask: FieldMask | undefined,
  all: readonly EventField[] = EVENT_FIELDS,
): EventInput {
  const mask = parseMask(updateMask, RULE);
  const etag = event.etag || undefined;
  const given = readSetFields(event);
  switch (mask.kind) {
    case 'set-fields':
      return { ...given, etag };
    case 'named':
      return { ...pick(given, mask.fields), etag };
    case 'all':
      return {
        ...pick(
          given,
          all.filter((field) => !FIXED.has(field) || given[field] !== undefined),
        ),
        etag,
      };
    default:
      return mask satisfies never;
  }
}

function pick(given: EventInput, paths: readonly EventPath[]): EventInput {
  const parts = RECURRENCE_FIELDS.filter((part) => paths.includes(`recurrence.${part}`));
  const fields = paths.filter((path): path is EventField => !path.includes('.'));
  const values = fields.map((field) => [field, given[field] ?? null]);
  const whole = given.recurrence && fields.includes('recurrence') ? RECURRENCE_FIELDS : parts;
  return {
    ...Object.fromEntries(values),
    ...(whole.length > 0 && { recurrence: pickParts(given.recurrence ?? {}, whole) }),
  };
}

function pickParts(given: RecurrenceInput, parts: readonly RecurrenceField[]): RecurrenceInput {
  return Object.fromEntries(parts.map((part) => [part, given[part] ?? null]));
}
