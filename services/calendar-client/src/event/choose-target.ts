import type { Event } from '@daywatch/protocol/calendar';
import type { Command } from 'commander';
import { UsageError } from '../failure.ts';
import { describeRepeat } from '../repeat/describe-repeat.ts';
import { readSeries } from '../repeat/series-of.ts';
import type { Session } from '../session.ts';
import { quoteShell } from '../text/quote-shell.ts';
import { findOccurrence } from './find-occurrence.ts';

/** Which of an event that repeats is meant, as it was typed. */
export interface TypedTarget {
  readonly only?: string;
  readonly from?: string;
  readonly all?: boolean;
}

/** What a command is about: the whole event, or one occurrence of it, as an event of its own shape. */
export type Target =
  | { readonly kind: 'all'; readonly event: Event }
  | { readonly kind: 'this' | 'following'; readonly event: Event; readonly series: Event };

export function addTargetOptions(command: Command): Command {
  return command
    .option('--only <when>', 'of what repeats: the one on that day alone; next for the coming one')
    .option('--from <when>', 'of what repeats: the one on that day and all that follow')
    .option('--all', 'of what repeats: the whole series');
}

/**
 * Finds what of an event is meant. What repeats is never changed as a whole by default: that would be a mistake
 * more often than a wish.
 * @throws UsageError, UnclearTime, RefusedError
 */
export async function chooseTarget(session: Session, event: Event, typed: TypedTarget): Promise<Target> {
  const { only, from, all } = typed;
  if ([only, from, all].filter((way) => way !== undefined).length > 1)
    throw new UsageError('--only, --from and --all exclude each other; take one of them');
  if (only !== undefined)
    return { kind: 'this', event: await findOccurrence(session, event, only), series: event };
  if (from !== undefined)
    return { kind: 'following', event: await findOccurrence(session, event, from), series: event };
  if (all || event.recurrence === undefined) return { kind: 'all', event };
  const series = readSeries(event, event.recurrence);
  const words = series ? ` (${describeRepeat(series, session.settings.zone)})` : '';
  throw new UsageError(
    `'${event.title}' repeats${words}; say what of it is meant:`,
    '  --only <day>   the one on that day alone, such as --only thu; --only next for the coming one',
    '  --from <day>   that one and all that follow',
    '  --all          the whole series',
  );
}

/** The options again, for a command to type. */
export function targetWords({ only, from, all }: TypedTarget): string {
  if (only !== undefined) return ` --only ${quoteShell(only)}`;
  if (from !== undefined) return ` --from ${quoteShell(from)}`;
  return all ? ' --all' : '';
}
