#!/usr/bin/env node
import { randomInt } from 'node:crypto';
import { homedir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { runTestbox } from './run.ts';

// Advice for programmers is none for the person who types.
process.noDeprecation = true;

// A reader that has seen enough (| head) closes the pipe (EPIPE), a person the terminal (EIO): what was made must be
// removed all the same.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
  });
}

process.exitCode = await runTestbox(process.argv.slice(2), {
  env: process.env,
  home: homedir(),
  cwd: process.cwd(),
  random: (below) => randomInt(below),
  now: () => performance.now(),
  pause: (ms, signal) => sleep(ms, undefined, { signal }),
  onInterrupt(hear) {
    let times = 0;
    const onSignal = (): void => hear(++times);
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
    for (const signal of signals) process.on(signal, onSignal);
    return () => {
      for (const signal of signals) process.off(signal, onSignal);
    };
  },
  exitNow: (code) => process.exit(code),
  terminal: {
    writeOut: (text) => void process.stdout.write(text),
    writeErr: (text) => void process.stderr.write(text),
    isOutTty: process.stdout.isTTY,
    isErrTty: process.stderr.isTTY,
    columns: process.stderr.columns ?? process.stdout.columns,
  },
});
