import { close, closeSync, fstatSync, open, openSync, write, writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { openUnblocked } from './open-unblocked.ts';

export interface LineWriterOptions {
  /** A file that is made when absent and appended to, or an open descriptor such as 1. */
  readonly target: string | number;
  /** So much text is gathered before it is written. */
  readonly gatherBytes?: number;
  /** Text never waits longer than this. */
  readonly flushMs?: number;
  /** So much may wait for a slow or full disk or a reader that has stopped; what comes then is dropped and counted. */
  readonly maxWaitingBytes?: number;
  /** Told once when writing begins to fail. */
  readonly onFailure?: (error: Error) => void;
  /** Told once when writing works again, with the number of lines that were dropped meanwhile. */
  readonly onRecovery?: (droppedLines: number) => void;
}

export interface LineWriter extends AsyncDisposable {
  readonly write: (line: string) => void;
  /** Begins to write what is gathered. */
  readonly flush: () => void;
  /** Writes what is gathered before it returns, as far as that is possible within a moment. For the end of a process. */
  readonly flushSync: () => void;
  /** Opens the file anew, for log rotation; a descriptor stays as it is. */
  readonly reopen: () => void;
}

const BLOCKED = new Set(['EAGAIN', 'EWOULDBLOCK', 'EBUSY']);
const RETRY_MS = 100;
const BLOCKED_RETRY_MS = 5;
/** How long the end of a process waits for a reader of standard output that has stopped reading. */
const LAST_CHANCE_MS = 1000;
const IN_FLIGHT_MS = 20;

/**
 * Writes lines to a file or descriptor off the event loop, many with one system call. Nothing that happens
 * to the target (a full disk, a closed pipe, a stalled reader) throws, blocks or grows without bound.
 * @throws when the file cannot be opened at first.
 */
export function openLineWriter(options: LineWriterOptions): LineWriter {
  return new BufferedLineWriter(options);
}

class BufferedLineWriter implements LineWriter {
  readonly #target: string | number;
  readonly #gatherBytes: number;
  readonly #maxWaitingBytes: number;
  readonly #onFailure: (error: Error) => void;
  readonly #onRecovery: (droppedLines: number) => void;
  readonly #flushTimer: NodeJS.Timeout;
  #fd: number;
  /** Lines that no write has taken yet. */
  #gathered = '';
  /** What the present write has taken; its rest is tried again after a failure. */
  #inFlight: Buffer = Buffer.alloc(0);
  #isWriting = false;
  #writingSinceMs = 0;
  /** The last write failed; the next one waits a little. */
  #isFailing = false;
  /** That it fails has been told. */
  #isReported = false;
  #isClosed = false;
  /** The reader of a pipe has gone for good. */
  #isGone = false;
  #wantsReopen = false;
  #droppedLines = 0;
  #retryAtMs = 0;

  constructor(options: LineWriterOptions) {
    this.#target = options.target;
    this.#gatherBytes = options.gatherBytes ?? 32 * 1024;
    this.#maxWaitingBytes = options.maxWaitingBytes ?? 16 * 1024 * 1024;
    this.#onFailure = options.onFailure ?? (() => {});
    this.#onRecovery = options.onRecovery ?? (() => {});
    this.#fd =
      typeof this.#target === 'number' ? openUnblocked(this.#target) : openSync(this.#target, 'a', 0o640);
    this.#flushTimer = setInterval(() => this.flush(), options.flushMs ?? 100);
    this.#flushTimer.unref();
  }

  write(line: string): void {
    if (this.#isClosed || this.#isGone) return;
    if (this.#gathered.length + this.#inFlight.length > this.#maxWaitingBytes) {
      this.#droppedLines++;
      return;
    }
    this.#gathered += line;
    if (this.#gathered.length >= this.#gatherBytes) this.flush();
  }

  flush(): void {
    if (this.#isWriting || this.#isClosed || this.#isGone) return;
    if (this.#wantsReopen) return this.#openAnew();
    if (this.#isFailing && performance.now() < this.#retryAtMs) return;
    if (this.#inFlight.length === 0) {
      if (this.#gathered === '') return;
      this.#inFlight = Buffer.from(this.#gathered);
      this.#gathered = '';
    }
    this.#isWriting = true;
    this.#writingSinceMs = performance.now();
    write(this.#fd, this.#inFlight, (error, written) => {
      this.#isWriting = false;
      if (error) return this.#fail(error);
      this.#inFlight = this.#inFlight.subarray(written);
      this.#recover();
      if (this.#inFlight.length > 0 || this.#gathered.length >= this.#gatherBytes) this.flush();
    });
  }

  flushSync(): void {
    if (this.#isClosed || this.#isGone || this.#isStalled()) return;
    // The thread pool finishes a write that is under way, though nobody hears of it any more: give it a moment,
    // and do not write the same lines again.
    if (this.#isWriting) sleep(IN_FLIGHT_MS);
    let rest = Buffer.from(this.#gathered);
    if (!this.#isWriting) rest = Buffer.concat([this.#inFlight, rest]);
    this.#inFlight = Buffer.alloc(0);
    this.#gathered = '';
    const deadline = performance.now() + LAST_CHANCE_MS;
    while (rest.length > 0) {
      try {
        rest = rest.subarray(writeSync(this.#fd, rest));
      } catch (error) {
        if (!BLOCKED.has((error as NodeJS.ErrnoException).code ?? '') || performance.now() > deadline) return;
        sleep(10);
      }
    }
  }

  reopen(): void {
    if (typeof this.#target === 'number' || this.#isClosed) return;
    this.#wantsReopen = true;
    this.flush();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isClosed) return;
    clearInterval(this.#flushTimer);
    const deadline = performance.now() + LAST_CHANCE_MS;
    while (this.#isWriting && performance.now() < deadline) await delay(5);
    this.flushSync();
    this.#isClosed = true;
    if (this.#fd !== this.#target && !this.#isWriting) closeSync(this.#fd);
  }

  /** The reader of a pipe has stopped reading: to write synchronously would block the process for good. */
  #isStalled(): boolean {
    return this.#isWriting && performance.now() - this.#writingSinceMs > LAST_CHANCE_MS / 2;
  }

  #openAnew(): void {
    this.#wantsReopen = false;
    this.#isWriting = true;
    open(this.#target as string, 'a', 0o640, (error, fd) => {
      this.#isWriting = false;
      if (error) return this.#fail(error);
      const old = this.#fd;
      this.#fd = fd;
      close(old, () => {});
      this.flush();
    });
  }

  #fail(error: NodeJS.ErrnoException): void {
    this.#isFailing = true;
    if (BLOCKED.has(error.code ?? '')) {
      // The reader is a little behind: no failure, and worth another try very soon.
      this.#retryAtMs = 0;
      setTimeout(() => this.flush(), BLOCKED_RETRY_MS).unref();
      return;
    }
    this.#retryAtMs = performance.now() + RETRY_MS;
    if (error.code === 'EPIPE' || isClosedDescriptor(this.#fd)) {
      this.#isGone = true;
      this.#gathered = '';
      this.#inFlight = Buffer.alloc(0);
    }
    if (!this.#isReported) this.#onFailure(error);
    this.#isReported = true;
  }

  #recover(): void {
    this.#isFailing = false;
    if (!this.#isReported && this.#droppedLines === 0) return;
    const droppedLines = this.#droppedLines;
    this.#isReported = false;
    this.#droppedLines = 0;
    this.#onRecovery(droppedLines);
  }
}

/** Blocks the process: for its end alone. */
function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

function isClosedDescriptor(fd: number): boolean {
  try {
    fstatSync(fd);
    return false;
  } catch {
    return true;
  }
}
