import type { DeadLetters, DeadLetterSelection } from '@daywatch/delivery';
import { Command, InvalidArgumentError } from 'commander';
import { formatDeadLetters, toDeadLetterView } from './dead-letter-table.ts';

export interface DeadLettersCommandDependencies {
  /** Runs `work` on the dead letters of the configured queue. */
  readonly withDeadLetters: (work: (letters: DeadLetters) => Promise<void>) => Promise<void>;
  readonly stdout: (text: string) => void;
  /** Talk for people, which is no data. */
  readonly stderr: (text: string) => void;
}

interface SelectionOptions {
  readonly limit: number;
  readonly json?: boolean;
}

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 10_000;

/** The command `dead-letters list|replay|discard`, the same in every executable that has it. */
export function buildDeadLettersCommand(dependencies: DeadLettersCommandDependencies): Command {
  const { withDeadLetters, stdout, stderr } = dependencies;
  const command = new Command('dead-letters').description(
    'look at what could not be delivered, and try again',
  );
  const addSelection = (name: string, description: string): Command =>
    command
      .command(name)
      .description(description)
      .option('--limit <n>', 'at most so many, from the oldest on', readLimit, DEFAULT_LIMIT);

  addSelection('list', 'list dead letters with the reason, oldest first')
    .option('--json', 'answer JSON, for programs')
    .action(async ({ limit, json }: SelectionOptions) =>
      withDeadLetters(async (letters) => {
        const found = await letters.list({ limit });
        if (json === true) stdout(`${JSON.stringify({ dead_letters: found.map(toDeadLetterView) })}\n`);
        else if (found.length === 0) stderr('There are no dead letters.\n');
        else stdout(formatDeadLetters(found));
      }),
    );
  addSelection('replay', 'put dead letters back into the queue: all, or those that are named')
    .argument('[id...]', 'as dead-letters list shows them')
    .action(async (ids: readonly string[], { limit }: SelectionOptions) =>
      withDeadLetters(async (letters) => {
        stdout(`Replayed ${await letters.replay(select(ids, limit))}.\n`);
      }),
    );
  addSelection('discard', 'remove the dead letters that are named, for good')
    .argument('<id...>', 'as dead-letters list shows them')
    .action(async (ids: readonly string[], { limit }: SelectionOptions) =>
      withDeadLetters(async (letters) => {
        stdout(`Discarded ${await letters.discard(select(ids, limit))}.\n`);
      }),
    );
  return command;
}

function select(ids: readonly string[], limit: number): DeadLetterSelection {
  return ids.length === 0 ? { limit } : { limit, ids: new Set(ids) };
}

function readLimit(text: string): number {
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    throw new InvalidArgumentError(`Allowed are whole numbers from 1 to ${MAX_LIMIT}.`);
  }
  return limit;
}
