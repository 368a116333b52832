import { rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  formatJsonReport,
  formatJunitReport,
  formatTextReport,
  type RunOutcome,
  type TestFile,
} from '@daywatch/testbox';
import { CommandFailure } from './command-failure.ts';
import { EXIT } from './exit-codes.ts';
import type { Surroundings } from './surroundings.ts';

/** Which reports are written, and where; paths are from the working directory. */
export interface ReportOptions {
  readonly report: string;
  readonly ascii?: boolean;
  readonly junit?: string;
  readonly json?: string;
}

/** What an earlier run has written would be taken for this one's. @throws CommandFailure */
export async function removeReports(
  { report, junit, json }: ReportOptions,
  { cwd }: Surroundings,
): Promise<void> {
  const files = [report, junit, json].filter((file) => file !== undefined);
  for (const file of files) {
    // Most likely -f was meant: the tests that somebody has written would be lost.
    if (/\.ya?ml$/i.test(file))
      throw new CommandFailure([
        `${file}: a report would replace what looks like a test file; allowed is a name that does not end so`,
      ]);
  }
  for (const file of files) {
    await rm(resolve(cwd, file), { force: true }).catch((error: unknown) => {
      throw new CommandFailure([`${file}: cannot be replaced (${(error as NodeJS.ErrnoException).code})`]);
    });
  }
}

/** @throws CommandFailure */
export async function writeReports(
  file: TestFile,
  outcome: RunOutcome,
  { report, junit, json, ascii }: ReportOptions,
  { cwd }: Surroundings,
): Promise<void> {
  const { name } = file.subject;
  const texts = [
    [report, formatTextReport(outcome.results, { ascii: ascii === true })],
    [junit, formatJunitReport(name, outcome.results)],
    [json, formatJsonReport(name, outcome)],
  ] as const;
  for (const [path, text] of texts) {
    if (path === undefined) continue;
    await writeFile(resolve(cwd, path), text).catch((error: unknown) => {
      throw new CommandFailure(
        [`${path}: cannot be written (${(error as NodeJS.ErrnoException).code})`],
        EXIT.usage,
      );
    });
  }
}
