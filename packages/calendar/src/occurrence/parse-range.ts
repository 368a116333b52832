import { ErrInvalidRequest } from '../errors.ts';
import type { Interval } from '../time/instant.ts';
import { parseInstant } from '../time/parse-time.ts';
import { Violations } from '../violations.ts';

/**
 * Reads `from` and `to`: RFC 3339 with offsets, `to` after `from`.
 * @throws ErrInvalidRequest that names every wrong field.
 */
export function parseRange({ from, to }: { readonly from: string; readonly to: string }): Interval {
  const violations = new Violations();
  const start = violations.read('from', () => parsePresent(from));
  const end = violations.read('to', () => parsePresent(to));
  if (start !== undefined && end !== undefined && end <= start) {
    violations.add('to', `'${to}' is not after from '${from}'; allowed is a later time`);
  }
  violations.throwIfAny((found) => new ErrInvalidRequest(found));
  return { start, end } as Interval;
}

function parsePresent(text: string) {
  if (text === '') throw new RangeError('is missing; allowed is RFC 3339, for example 2026-03-29T10:00:00Z');
  return parseInstant(text);
}
