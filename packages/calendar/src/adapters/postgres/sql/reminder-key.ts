/** The primary key of calendar.notifications. */
export const KEY_COLUMNS = 'calendar_id, event_id, recurrence_id, notify_before, version';

/** The key of the alias, in that order. */
export function keyOf(alias: string): string {
  return KEY_COLUMNS.split(', ')
    .map((column) => `${alias}.${column}`)
    .join(', ');
}

/** Whether both aliases name one reminder. */
export function sameKey(a: string, b: string): string {
  return `(${keyOf(a)}) = (${keyOf(b)})`;
}

/** The types of the arrays that hold keys, $1 to $5. */
export const KEY_ARRAYS = '$1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[], $5::integer[]';
