import { createReadStream } from 'node:fs';
import { text as readText } from 'node:stream/consumers';
import { resolve } from 'node:path';
import { describeFault, parseTestFile, type Fault, type TestFile } from '@daywatch/testbox';
import { checkPaths } from '@daywatch/testbox/local';
import { readYaml } from '@daywatch/testbox/yaml';
import { CommandFailure } from './command-failure.ts';
import type { Surroundings } from './surroundings.ts';

/** What is looked for where no file is named. */
const DEFAULT_FILES = ['testbox.yaml', 'testbox.yml'] as const;

export interface LoadedFile {
  /** As the person knows it. */
  readonly name: string;
  readonly file: TestFile;
}

/** Reads and checks a test file. @throws CommandFailure with every fault of it */
export async function loadFile(named: string | undefined, surroundings: Surroundings): Promise<LoadedFile> {
  const { name, text } = await readSource(named, surroundings.cwd);
  const yaml = readYaml(text);
  const parsed = yaml.kind === 'read' ? parseTestFile(yaml.root) : yaml;
  if (parsed.kind === 'faulty') throw new CommandFailure(describeFaults(name, parsed.faults));
  const faults = await checkPaths(parsed.paths, surroundings.cwd);
  if (faults.length > 0) throw new CommandFailure(describeFaults(name, faults));
  return { name, file: parsed.file };
}

function describeFaults(name: string, faults: readonly Fault[]): readonly string[] {
  const count = faults.length === 1 ? '1 fault' : `${faults.length} faults`;
  return [...faults.map((fault) => describeFault(name, fault)), `${name}: ${count}; nothing was started`];
}

async function readSource(named: string | undefined, cwd: string) {
  if (named !== undefined) {
    try {
      return { name: named, text: await readBeginning(resolve(cwd, named)) };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      const reason =
        code === 'ENOENT'
          ? 'there is no such file'
          : code === 'EISDIR'
            ? 'it is a folder'
            : `it cannot be read (${code})`;
      throw new CommandFailure([`${named}: ${reason}`]);
    }
  }
  for (const name of DEFAULT_FILES) {
    const text = await readBeginning(resolve(cwd, name)).catch(() => undefined);
    if (text !== undefined) return { name, text };
  }
  throw new CommandFailure(['no file is named, and there is no testbox.yaml here: testbox -f FILE']);
}

/** More than any test file may hold; what has no end, such as a device, is not read to it. */
const MOST_BYTES = 8 * 1024 * 1024;

async function readBeginning(path: string): Promise<string> {
  return readText(createReadStream(path, { end: MOST_BYTES }));
}
