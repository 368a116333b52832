import { close, closeSync, fstatSync, open, openSync, write, writeSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

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
/** How long the end of a process waits for a reader of standard output that has stopped reading. */
const LAST_CHANCE_MS = 1000;

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
    this.#gatherBytes = options.gatherBytes ?? 8 * 1024;
    this.#maxWaitingBytes = options.maxWaitingBytes ?? 16 * 1024 * 1024;
    this.#onFailure = options.onFailure ?? (() => {});
    this.#onRecovery = options.onRecovery ?? (() => {});
    this.#fd = typeof this.#target === 'number' ? this.#target : openSync(this.#target, 'a', 0o640);
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
    // A write that is under way in the thread pool may or may not reach the target before the process ends.
    // Writing its text again could repeat a line; losing one would be worse.
    let rest = Buffer.concat([this.#inFlight, Buffer.from(this.#gathered)]);
    this.#inFlight = Buffer.alloc(0);
    this.#gathered = '';
    const deadline = performance.now() + LAST_CHANCE_MS;
    while (rest.length > 0) {
      try {
        rest = rest.subarray(writeSync(this.#fd, rest));
      } catch (error) {
        if (!BLOCKED.has((error as NodeJS.ErrnoException).code ?? '') || performance.now() > deadline) return;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
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
    while (this.#isWriting && performance.now() < deadline) await setTimeout(5);
    this.flushSync();
    this.#isClosed = true;
    if (typeof this.#target === 'string' && !this.#isWriting) closeSync(this.#fd);
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
    this.#retryAtMs = performance.now() + RETRY_MS;
    if (BLOCKED.has(error.code ?? '')) {
      this.#isFailing = true;
      return;
    }
    if (error.code === 'EPIPE' || isClosedDescriptor(this.#fd)) {
      this.#isGone = true;
      this.#gathered = '';
      this.#inFlight = Buffer.alloc(0);
    }
    if (!this.#isReported) this.#onFailure(error);
    this.#isFailing = true;
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

function isClosedDescriptor(fd: number): boolean {
  try {
    fstatSync(fd);
    return false;
  } catch {
    return true;
  }
}
