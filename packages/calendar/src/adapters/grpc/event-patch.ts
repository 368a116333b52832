import type { FieldMask } from '@bufbuild/protobuf/wkt';
import type { Event } from '@daywatch/protocol/calendar';
import type { EventInput } from '../../event/event-input.ts';
import { EVENT_FIELDS, readSetFields, type EventField } from './event-input.ts';
import { parseMask, type MaskRule } from './field-mask.ts';

const RULE: MaskRule<EventField> = {
  fields: EVENT_FIELDS,
  readOnly: {
    id: 'names the event and does not change',
    sequence: 'is read-only',
    owner: 'is read-only',
    etag: 'is read-only; set it in event without naming it',
    created_at: 'is read-only',
    updated_at: 'is read-only',
  },
};

/** Fixed on create; replacing the whole event may leave them out. */
const FIXED: ReadonlySet<EventField> = new Set<EventField>(['calendar_id', 'uid']);

/**
 * The merge patch that an update means. A field that the mask names and that is unset is null, which
 * clears it; `etag` counts with and without a mask.
 * @throws ErrInvalidRequest for a mask that names what cannot be changed.
 */
export function toEventPatch(event: Event, updateMask: FieldMask | undefined): EventInput {
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
          EVENT_FIELDS.filter((field) => !FIXED.has(field) || given[field] !== undefined),
        ),
        etag,
      };
    default:
      return mask satisfies never;
  }
}

function pick(given: EventInput, fields: readonly EventField[]): EventInput {
  return Object.fromEntries(fields.map((field) => [field, given[field] ?? null]));
}
