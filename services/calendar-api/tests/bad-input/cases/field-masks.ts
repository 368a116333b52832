/** Masks that fit neither an event nor a calendar. */
export const MASK_CASES: readonly (readonly [paths: readonly string[], says: string])[] = [
  [['colour'], "'colour' is no field; allowed are "],
  [[''], "'' is no field"],
  [['timeZone'], "'timeZone' is no field"],
  [['time_zone', 'time_zone'], "'time_zone' is named twice"],
  [['time_zone', '*'], "'*' replaces everything and stands alone"],
  [['id'], "'id' names the "],
  [['owner'], "'owner' is read-only"],
  [['event.title'], "'event.title' is no field"],
  [['__proto__'], "'__proto__' is no field"],
  [['constructor'], "'constructor' is no field"],
  [['\u001b[2J'], String.raw`'\u001b[2J' is no field`],
  [['x'.repeat(1000)], `'${'x'.repeat(57)}…' is no field`],
  [
    Array.from({ length: 1000 }, (_, i) => `f${i}`),
    "'f0' is no field, 'f1' is no field, 'f2' is no field, 'f3' is no field, 'f4' is no field; allowed",
  ],
];
