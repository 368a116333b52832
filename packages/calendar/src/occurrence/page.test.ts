import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventId } from '../event/event.ts';
import { toInstant } from '../time/instant.ts';
import { formatPageToken, parsePageSize, parsePageToken } from './page.ts';

describe('page tokens', () => {
  it('should always read back as the same place', () => {
    fc.assert(
      fc.property(fc.integer(), fc.uuid(), fc.integer(), fc.string(), (start, id, recurrenceId, query) => {
        const position = {
          start: toInstant(start),
          eventId: id as EventId,
          recurrenceId: toInstant(recurrenceId),
        };
        expect(parsePageToken(formatPageToken(position, query), query)).toEqual(position);
      }),
    );
  });

  it('should be refused by another query', () => {
    const token = formatPageToken(
      {
        start: toInstant(1),
        eventId: '0196a1b2-1c2d-7e3f-8a4b-5c6d7e8f9a0b' as EventId,
        recurrenceId: toInstant(1),
      },
      'a',
    );
    expect(() => parsePageToken(token, 'b')).toThrow('belongs to another query');
  });

  it('should never be anything but a place or a RangeError', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String()), (token) => {
        try {
          expect(parsePageToken(token, 'q')).toBeUndefined();
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
    );
  });
});

describe('parsePageSize()', () => {
  it.each([-1, 1001, 1.5, Number.NaN, Infinity])('should refuse %s', (size) => {
    expect(() => parsePageSize(size)).toThrow('allowed are 1 to 1000');
  });

  it('should take the default for nothing', () => {
    expect([parsePageSize(undefined), parsePageSize(0), parsePageSize(1000)]).toEqual([250, 250, 1000]);
  });
});
