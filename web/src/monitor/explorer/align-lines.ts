interface Line {
  readonly timestampsMs: readonly number[];
  /** Null where the line is interrupted. */
  readonly values: readonly (number | null)[];
}

export interface Aligned {
  readonly timesS: number[];
  /** One for each line. Undefined where it has no sample: it is drawn on to the next; null interrupts it. */
  readonly rows: (number | null | undefined)[][];
}

/** Puts lines on one axis of time, as they are drawn. */
export function alignLines(lines: readonly Line[]): Aligned {
  const times = Array.from(new Set(lines.flatMap(({ timestampsMs }) => timestampsMs))).toSorted(
    (a, b) => a - b,
  );
  const places = new Map(times.map((time, i) => [time, i]));
  const rows = lines.map(({ timestampsMs, values }) => {
    const row = Array.from<number | null | undefined>({ length: times.length });
    timestampsMs.forEach((time, i) => {
      row[places.get(time) as number] = values[i] ?? null;
    });
    return row;
  });
  return { timesS: times.map((time) => time / 1000), rows };
}

/** What can be drawn of a row: NaN and infinities have no place on a drawing, and interrupt a line. */
export function toDrawable(row: Aligned['rows'][number]): (number | null | undefined)[] {
  return row.map((value) => (typeof value === 'number' && !Number.isFinite(value) ? null : value));
}
