import { createContext, use } from 'react';

/** Well apart, readable in light and dark; the default calendar has the first. */
const HUES = [262, 150, 45, 330, 200, 95, 295, 20] as const;

/** The colour of each calendar, as a hue in degrees. */
export type Hues = ReadonlyMap<string, number>;

export function assignHues(calendarIds: readonly string[]): Hues {
  return new Map(calendarIds.map((id, i) => [id, HUES[i % HUES.length] ?? HUES[0]]));
}

export const HuesContext = createContext<Hues>(new Map());

export function useHue(calendarId: string): number {
  return use(HuesContext).get(calendarId) ?? HUES[0];
}
