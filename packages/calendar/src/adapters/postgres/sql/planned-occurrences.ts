/** The FROM item of the occurrences `o` that the arrays of eventParameters hold; the last four may be null. */
export const OCCURRENCES = `unnest(
        $23::timestamptz[], $24::timestamptz[], $25::timestamptz[], $26::smallint[],
        $28::jsonb[], $29::boolean[], $30::boolean[], $36::text[])
        AS o (recurrence_id, starts_at, ends_at, span_class, override, busy, exempt, words)`;
