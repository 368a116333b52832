#!/usr/bin/env node
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { createInterface } from 'node:readline/promises';
import { runClient } from './run.ts';
import type { Terminal } from './surroundings.ts';
import { makeUuidV7 } from './uuid.ts';

// Advice for programmers is none for the person who types.
process.noDeprecation = true;

// A reader that has seen enough (| head) closes the pipe: that is no error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
    throw error;
  });
}

const terminal: Terminal = {
  writeOut: (text) => void process.stdout.write(text),
  writeErr: (text) => void process.stderr.write(text),
  isOutTty: process.stdout.isTTY,
  isErrTty: process.stderr.isTTY,
  canAsk: process.stdin.isTTY && process.stderr.isTTY,
  columns: process.stdout.columns,
  async ask(question) {
    // Questions are talk, and stdout is for data.
    const reader = createInterface({ input: process.stdin, output: process.stderr });
    // Ctrl-C and Ctrl-D close it without an answer.
    const closed = new AbortController();
    reader.once('close', () => closed.abort());
    try {
      return await reader.question(question, { signal: closed.signal });
    } catch (error) {
      if (!closed.signal.aborted) throw error;
      process.stderr.write('\n');
      return '';
    } finally {
      reader.close();
    }
  },
};

process.exitCode = await runClient(process.argv.slice(2), {
  env: process.env,
  cwd: process.cwd(),
  home: homedir(),
  systemZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  now: Date.now,
  newId: () => makeUuidV7(Date.now(), randomBytes(10)),
  readFile: (path) => readFile(path, 'utf8'),
  terminal,
});
