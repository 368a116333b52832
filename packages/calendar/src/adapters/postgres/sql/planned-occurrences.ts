/** The FROM item of the occurrences `o` that the arrays of eventParameters hold; the last three may be null. */
export const OCCURRENCES = `unnest(
        $23::timestamptz[], $24::timestamptz[], $25::timestamptz[], $26::smallint[],
        $28::jsonb[], $29::boolean[], $30::boolean[])
        AS o (recurrence_id, starts_at, ends_at, span_class, override, busy, exempt)`;
