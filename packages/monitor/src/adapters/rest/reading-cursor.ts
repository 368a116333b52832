import type { ReadingPlace } from '../../reading/list-readings.ts';

/** Where the next page begins, as clients carry it: they need not understand it. */
export function formatCursor({ timestampMs, id }: ReadingPlace): string {
  return Buffer.from(`${timestampMs}.${id}`).toString('base64url');
}

/** Undefined for a text that is no cursor. */
export function parseCursor(text: string): ReadingPlace | undefined {
  const match = /^(-?\d{1,16})\.(\d{1,16})$/.exec(Buffer.from(text, 'base64url').toString('latin1'));
  if (!match) return undefined;
  const place = { timestampMs: Number(match[1]), id: Number(match[2]) };
  return formatCursor(place) === text ? place : undefined;
}
