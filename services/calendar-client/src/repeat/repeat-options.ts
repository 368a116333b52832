import type { Command } from 'commander';
import { isClockTime, type TypedRepeat } from './plan-repeat.ts';

/** The options that say how something repeats, as commander reads them. */
export interface RepeatOptions {
  readonly every?: readonly string[];
  readonly on?: readonly string[];
  readonly times?: string;
  readonly rrule?: string;
  readonly until?: string;
}

export const REPEAT_HELP = `
--every takes words: day, weekday, week, "2 weeks", tue, "mon and thu", "last friday", "month on the
15th", year, and where they end: "week until june", "day 10 times". With it a day after --until is the
last one of the repetition, a time alone the end of each. --rrule takes any rule of RFC 5545. --every and
--on take all words up to the next option, so they come after the title and the time.`;

/** Adds the options to a command. */
export function addRepeatOptions(command: Command): Command {
  return command
    .option('--every <rhythm...>', 'repeat it: weekday, 2 weeks, tue, "last friday", "week until june"')
    .option('--on <days...>', 'with --every: on these days: tue,thu or 15 or "first monday"')
    .option('--times <number>', 'repeat it so many times in all')
    .option('--rrule <rule>', 'repeat it by a rule of RFC 5545: FREQ=WEEKLY;COUNT=10');
}

/**
 * Parts what was typed about repeating from what was typed about the event itself: a day after `--until` ends
 * the repetition of what repeats, a time of day ends the event.
 */
export function splitRepeat<T extends RepeatOptions>(
  options: T,
  repeats: boolean,
): { readonly repeat: TypedRepeat; readonly until: string | undefined } {
  const { every, on, times, rrule, until } = options;
  const isEndOfEvent = until === undefined || !(repeats || every !== undefined) || isClockTime(until);
  const repeat = { every, on, times, rrule, until: isEndOfEvent ? undefined : until };
  return { repeat, until: isEndOfEvent ? until : undefined };
}

/** The options again, for a command to type. */
export function repeatWords({ every, on, times, rrule, until }: RepeatOptions): readonly string[] {
  return [
    ...(every === undefined ? [] : ['--every', every.join(' ')]),
    ...(on === undefined ? [] : ['--on', on.join(' ')]),
    ...(every && until !== undefined && !isClockTime(until) ? ['--until', until] : []),
    ...(times === undefined ? [] : ['--times', times]),
    ...(rrule === undefined ? [] : ['--rrule', rrule]),
  ];
}
