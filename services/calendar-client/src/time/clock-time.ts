import { Temporal } from 'temporal-polyfill';
import type { TokenReader } from './token-reader.ts';
import { NAMED_HOURS } from './words.ts';

/** A time of day; `half` is set where am or pm was said. */
export interface ClockTime {
  readonly time: Temporal.PlainTime;
  readonly half: 'am' | 'pm' | undefined;
}

const CLOCK = /^(\d{1,2})(?::(\d{2})(?::(\d{2}))?)?([ap]m?)?$/;

/** Reads `9:00`, `17`, `9am`, `9:30 pm`, `noon`; undefined (and nothing read) where there is none. */
export function readClockTime(reader: TokenReader): ClockTime | undefined {
  const named = NAMED_HOURS.get(reader.peek());
  if (named !== undefined) {
    reader.skip();
    return { time: Temporal.PlainTime.from({ hour: named }), half: undefined };
  }
  if (/^\d{1,2}\.\d{2}$/.test(reader.peek())) {
    const [a, b] = reader.peek().split('.');
    throw reader.unclear(`'${reader.peek()}' may be a time or a date; write ${a}:${b} for the time`);
  }
  const match = CLOCK.exec(reader.peek());
  if (!match) return undefined;
  const [, hourText, minuteText = '0', secondText = '0', attached] = match;
  const apart = attached === undefined && ['am', 'pm'].includes(reader.peek(1)) ? reader.peek(1) : undefined;
  const half = halfOf(attached ?? apart);
  const hour = Number(hourText);
  check(
    reader,
    half ? hour >= 1 && hour <= 12 : hour <= 23,
    `the hour ${hour}`,
    half ? '1 to 12 with am or pm' : '0 to 23',
  );
  check(reader, Number(minuteText) <= 59, `the minute ${minuteText}`, '00 to 59');
  check(reader, Number(secondText) <= 59, `the second ${secondText}`, '00 to 59');
  reader.skip(apart ? 2 : 1);
  const time = Temporal.PlainTime.from({
    hour: half ? (hour % 12) + (half === 'pm' ? 12 : 0) : hour,
    minute: Number(minuteText),
    second: Number(secondText),
  });
  return { time, half };
}

function halfOf(word: string | undefined): 'am' | 'pm' | undefined {
  if (word === undefined) return undefined;
  return word.startsWith('a') ? 'am' : 'pm';
}

function check(reader: TokenReader, isAllowed: boolean, what: string, allowed: string): void {
  if (!isAllowed) throw reader.unclear(`'${reader.peek()}' has ${what}; allowed are ${allowed}`);
}
