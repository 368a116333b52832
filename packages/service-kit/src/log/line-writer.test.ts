import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openLineWriter } from './line-writer.ts';

let folder: string;
let reader: number;
let target: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pipe-'));
  const path = join(folder, 'pipe');
  execFileSync('/usr/bin/mkfifo', [path]);
  reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  target = openSync(path, constants.O_WRONLY);
});

afterEach(() => {
  closeSync(reader);
  closeSync(target);
  rmSync(folder, { recursive: true });
});

it('should keep what a stalled reader of a pipe leaves, in order, and deliver it when it reads again', async () => {
  const writer = openLineWriter({ target, flushMs: 5 });
  const lines = Array.from({ length: 20_000 }, (_, i) => `line ${i}\n`);
  for (const line of lines) writer.write(line);

  const text = await readUntil((seen) => seen.length === lines.join('').length);
  await writer[Symbol.asyncDispose]();

  expect(text).toBe(lines.join(''));
});

it('should drop what is over its bound, count it, and not wait for the reader when it ends', async () => {
  const dropped: number[] = [];
  const writer = openLineWriter({
    target,
    flushMs: 5,
    maxWaitingBytes: 200_000,
    onRecovery: (lines) => dropped.push(lines),
  });
  for (let i = 0; i < 100_000; i++) writer.write('0123456789\n');

  const text = await readUntil(() => dropped.length > 0);
  await writer[Symbol.asyncDispose]();

  expect(dropped[0]).toBeGreaterThan(50_000);
  expect(text.length).toBeGreaterThan(0);
});

it('should end within a moment when the reader never reads again', async () => {
  const writer = openLineWriter({ target, flushMs: 5 });
  for (let i = 0; i < 100_000; i++) writer.write('0123456789\n');

  await writer[Symbol.asyncDispose]();

  expect(readSome().length).toBeGreaterThan(0);
});

/** Reads what is there until the condition holds, and fails by the deadline of the test. */
async function readUntil(condition: (seen: string) => boolean): Promise<string> {
  let seen = '';
  while (!condition(seen)) {
    seen += readSome();
    await new Promise(setImmediate);
  }
  return seen;
}

function readSome(): string {
  const buffer = Buffer.alloc(64 * 1024);
  try {
    return buffer.toString('latin1', 0, readSync(reader, buffer));
  } catch {
    return '';
  }
}
