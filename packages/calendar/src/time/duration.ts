import { abbreviate } from './plain-date.ts';

/**
 * An ISO 8601 duration of weeks, days and time. Days are kept apart from the time: a day has 23 or 25
 * hours where clocks change (RFC 5545 section 3.3.6).
 */
export interface Duration {
  readonly days: number;
  /** Hours, minutes and seconds together. */
  readonly seconds: number;
}

const DURATION = /^(-?)P(?:(\d{1,9})W)?(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?$/;

/**
 * Reads an ISO 8601 duration such as `PT15M`, `P1D` or `P1DT12H`.
 * @throws RangeError that says what is wrong; callers add the field's name.
 */
export function parseDuration(text: string): Duration {
  const match = DURATION.exec(text);
  if (!match || /[PT]$/.test(text)) {
    throw new RangeError(
      `'${abbreviate(text)}' is not a duration; allowed is ISO 8601 in weeks, days, hours, minutes and seconds, for example PT15M or P1D`,
    );
  }
  const [, sign, weeks = '0', days = '0', hours = '0', minutes = '0', seconds = '0'] = match;
  if (sign) throw new RangeError(`'${text}' is negative; allowed are durations from PT0S on`);
  return {
    days: Number(weeks) * 7 + Number(days),
    seconds: Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds),
  };
}

/** The canonical form: `P1DT1H30M`, `PT0S` for nothing. */
export function formatDuration({ days, seconds }: Duration): string {
  const h = Math.trunc(seconds / 3600);
  const m = Math.trunc(seconds / 60) % 60;
  const s = seconds % 60;
  const time = `${h ? `${h}H` : ''}${m ? `${m}M` : ''}${s ? `${s}S` : ''}`;
  if (!days && !time) return 'PT0S';
  return `P${days ? `${days}D` : ''}${time ? `T${time}` : ''}`;
}
