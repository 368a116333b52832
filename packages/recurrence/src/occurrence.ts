import { Temporal } from 'temporal-polyfill';

/**
 * One occurrence of a series. It holds two numbers; the Temporal values are made when asked for, because
 * making one costs more than finding the occurrence.
 */
export class Occurrence {
  /** When it starts, in milliseconds since 1970 UTC; an all-day one at its midnight in the series' zone. */
  readonly startMs: number;
  readonly timeZone: string;
  readonly #dateSeconds: number | undefined;

  /** `dateSeconds` are the civil seconds of the date of an all-day occurrence. */
  constructor(startMs: number, timeZone: string, dateSeconds: number | undefined) {
    this.startMs = startMs;
    this.timeZone = timeZone;
    this.#dateSeconds = dateSeconds;
  }

  get instant(): Temporal.Instant {
    return Temporal.Instant.fromEpochMilliseconds(this.startMs);
  }

  get start(): Temporal.ZonedDateTime {
    return this.instant.toZonedDateTimeISO(this.timeZone);
  }

  /** The date of an all-day occurrence. */
  get date(): Temporal.PlainDate | undefined {
    return this.#dateSeconds === undefined ? undefined : Temporal.PlainDate.from(isoDate(this.#dateSeconds));
  }

  /** What names it in its series: its start in UTC, `2027-03-28T07:00:00Z`, or its date, `2027-03-28`. */
  get recurrenceId(): string {
    return this.#dateSeconds === undefined
      ? new Date(this.startMs).toISOString().replace('.000Z', 'Z')
      : isoDate(this.#dateSeconds);
  }
}

function isoDate(civilSeconds: number): string {
  return new Date(civilSeconds * 1000).toISOString().slice(0, 10);
}
