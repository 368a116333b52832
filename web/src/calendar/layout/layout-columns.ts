/** What has a beginning and an end in the minutes of a day. */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

/** Where an interval is drawn: in which of how many columns, and over how many of them. */
export interface Column {
  readonly column: number;
  readonly width: number;
  readonly columns: number;
}

/**
 * Puts intervals side by side where they overlap. Those that hang together share the number of columns; one that has
 * free columns to its right takes them too.
 * @param intervals by start.
 * @returns a column for each, in the same order.
 */
export function layoutColumns(intervals: readonly Interval[]): readonly Column[] {
  const result: Column[] = [];
  let group: number[] = [];
  let groupEnd = -Infinity;
  const columnOf: number[] = [];
  const closeGroup = (): void => {
    const columns = Math.max(0, ...group.map((i) => columnOf[i] ?? 0)) + 1;
    for (const i of group) {
      const column = columnOf[i] ?? 0;
      result[i] = { column, columns, width: findWidth(i, group, columns) };
    }
    group = [];
  };
  const findWidth = (i: number, members: readonly number[], columns: number): number => {
    const own = columnOf[i] ?? 0;
    const right = members
      .filter((other) => (columnOf[other] ?? 0) > own && overlap(intervals[i], intervals[other]))
      .map((other) => columnOf[other] ?? 0);
    return Math.min(columns, ...right) - own;
  };
  let columnEnds: number[] = [];
  intervals.forEach(({ start, end }, i) => {
    if (start >= groupEnd) {
      closeGroup();
      columnEnds = [];
      groupEnd = -Infinity;
    }
    let column = columnEnds.findIndex((columnEnd) => columnEnd <= start);
    if (column === -1) column = columnEnds.length;
    columnEnds[column] = end;
    columnOf[i] = column;
    group.push(i);
    groupEnd = Math.max(groupEnd, end);
  });
  closeGroup();
  return result;
}

function overlap(a: Interval | undefined, b: Interval | undefined): boolean {
  return a !== undefined && b !== undefined && a.start < b.end && b.start < a.end;
}
