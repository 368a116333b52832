import { mkdir, open, unlink, type FileHandle } from 'node:fs/promises';
import type { Finding } from '../../record/finding.ts';
import type { Spool } from '../../record/spool.ts';
import { SEGMENT_HEADER } from './frames.ts';
import { lockFolder } from './lock-folder.ts';
import { SegmentDecoder, type FoundFinding } from './segment-decoder.ts';
import { SegmentEncoder } from './segment-encoder.ts';
import { createSegment, findSegments, type Segment } from './segment-file.ts';

export interface DiskSpoolOptions {
  /** Made where it is missing. */
  readonly folder: string;
  /** Of all files together. */
  readonly maxBytes: number;
  /** Told, in a sentence, of what an earlier process left unfinished. */
  readonly log?: (line: string) => void;
  /** Called before each step; what it throws ends the work there. Tests die at each of them. */
  readonly onStep?: (step: SpoolStep) => void;
}

/** Where a process may die. */
export type SpoolStep = 'segment-made' | 'written' | 'synced' | 'dropped' | 'segment-removed';

/** A file is removed as a whole, once all of it is dropped. */
const SEGMENT_BYTES = 8 * 2 ** 20;
const READ_BYTES = 4 * 2 ** 20;

/** The reader's place: in the oldest segment, behind what was dropped. */
interface Cursor {
  at: number;
  decoder: SegmentDecoder;
}

/**
 * Opens the spool in a folder, which no other process may use.
 * @throws FolderInUseError
 */
export async function openDiskSpool(options: DiskSpoolOptions): Promise<Spool> {
  const { folder, log = () => undefined } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const lock = await lockFolder(folder);
  const segments = await findSegments(folder, (path, bytes) =>
    log(`the last ${bytes} bytes of ${path} were not written to their end, and are left out`),
  );
  return new DiskSpool(options, [...segments], lock);
}

class DiskSpool implements Spool {
  readonly #options: DiskSpoolOptions;
  readonly #segments: Segment[];
  readonly #lock: AsyncDisposable;
  readonly #segmentBytes: number;
  /** The segment that is written to: the last. */
  #tail:
    | { readonly segment: Segment; readonly handle: FileHandle; readonly encoder: SegmentEncoder }
    | undefined;
  #cursor: Cursor = newCursor();
  /** What was shown and not dropped, from the cursor on. */
  #shown: FoundFinding[] = [];
  #nextNumber: number;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: DiskSpoolOptions, segments: Segment[], lock: AsyncDisposable) {
    this.#options = options;
    this.#segments = segments;
    this.#lock = lock;
    this.#segmentBytes = Math.min(SEGMENT_BYTES, options.maxBytes / 4);
    this.#nextNumber = (segments.at(-1)?.number ?? 0) + 1;
  }

  append(findings: readonly Finding[]): Promise<number> {
    return this.#inTurn(() => this.#append(findings));
  }

  peek(limit: number): Promise<readonly Finding[]> {
    return this.#inTurn(async () => {
      if (this.#shown.length < limit) this.#shown = await this.#read(limit);
      return this.#shown.slice(0, limit).map(({ finding }) => finding);
    });
  }

  drop(count: number): Promise<void> {
    return this.#inTurn(() => this.#drop(count));
  }

  usage(): { readonly findings: number; readonly bytes: number } {
    let [findings, bytes] = [0, 0];
    for (const segment of this.#segments) {
      findings += segment.findings;
      bytes += segment.bytes;
    }
    return { findings, bytes };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#inTurn(async () => {
      await this.#closeTail();
      await this.#lock[Symbol.asyncDispose]();
    });
  }

  /** One thing after the other. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async #append(findings: readonly Finding[]): Promise<number> {
    let kept = 0;
    while (kept < findings.length) {
      const added = await this.#appendToTail(findings.slice(kept));
      if (added === 0) break;
      kept += added;
    }
    return kept;
  }

  /** As many as the last segment takes; none where the spool is full, or the disk is. */
  async #appendToTail(findings: readonly Finding[]): Promise<number> {
    const room = this.#options.maxBytes - this.usage().bytes;
    if (room <= SEGMENT_HEADER.length) return 0;
    try {
      const { segment, handle, encoder } = (this.#tail ??= await this.#makeTail());
      const frames: Buffer[] = [];
      let bytes = 0;
      let hasRoom = true;
      for (const finding of findings) {
        const encoded = encoder.encode(finding);
        hasRoom = bytes + encoded.length <= room;
        if (!hasRoom) break;
        frames.push(encoded);
        bytes += encoded.length;
        if (segment.bytes + bytes >= this.#segmentBytes) break;
      }
      if (frames.length > 0) {
        await writeWhole(handle, Buffer.concat(frames), segment.bytes);
        this.#step('written');
        await handle.datasync();
        this.#step('synced');
        segment.bytes += bytes;
        segment.findings += frames.length;
      }
      // What was encoded and had no room may have been the first to name a list: the next segment names it again.
      if (!hasRoom || segment.bytes >= this.#segmentBytes) await this.#closeTail();
      return frames.length;
    } catch (error) {
      await this.#cutTail();
      if (isFull(error)) return 0;
      throw error;
    }
  }

  async #makeTail() {
    const made = await createSegment(this.#options.folder, this.#nextNumber++);
    this.#segments.push(made.segment);
    this.#step('segment-made');
    return { ...made, encoder: new SegmentEncoder() };
  }

  async #closeTail(): Promise<void> {
    const tail = this.#tail;
    this.#tail = undefined;
    await tail?.handle.close();
    if (tail && tail.segment.findings === 0) await this.#remove(tail.segment);
  }

  /** Half a frame at the end would hide what is written behind it. */
  async #cutTail(): Promise<void> {
    const tail = this.#tail;
    await tail?.handle.truncate(tail.segment.bytes).catch(() => undefined);
    await this.#closeTail();
  }

  async #read(limit: number): Promise<FoundFinding[]> {
    for (let [segment] = this.#segments; segment && segment.findings > 0; [segment] = this.#segments) {
      const found = await this.#readSegment(segment, limit);
      if (found.length > 0) return found;
      // It was whole when this process began, or wrote it.
      this.#options.log?.(`${segment.path} is damaged: ${segment.findings} findings are lost`);
      if (this.#tail?.segment === segment) await this.#closeTail();
      await this.#remove(segment);
    }
    return [];
  }

  async #readSegment(segment: Segment, limit: number): Promise<FoundFinding[]> {
    const cursor = this.#cursor;
    const handle = await open(segment.path, 'r');
    try {
      for (let length = READ_BYTES; ; length *= 4) {
        const wanted = Math.min(length, segment.bytes - cursor.at);
        const bytes = Buffer.alloc(wanted);
        await handle.read(bytes, 0, wanted, cursor.at);
        const found = decode(bytes, cursor, this.#shown, limit);
        if (found.length > 0 || wanted < length) return found;
      }
    } finally {
      await handle.close();
    }
  }

  async #drop(count: number): Promise<void> {
    const [segment] = this.#segments;
    const last = this.#shown[count - 1];
    if (segment === undefined || last === undefined) return;
    this.#step('dropped');
    this.#cursor.at = last.end;
    this.#shown = this.#shown.slice(count);
    segment.findings -= count;
    if (segment.findings > 0) return;
    if (this.#tail?.segment === segment) await this.#closeTail();
    else await this.#remove(segment);
  }

  async #remove(segment: Segment): Promise<void> {
    if (this.#segments[0] === segment) {
      this.#cursor = newCursor();
      this.#shown = [];
    }
    this.#segments.splice(this.#segments.indexOf(segment), 1);
    await unlink(segment.path);
    this.#step('segment-removed');
  }

  #step(step: SpoolStep): void {
    this.#options.onStep?.(step);
  }
}

function newCursor(): Cursor {
  return { at: SEGMENT_HEADER.length, decoder: new SegmentDecoder() };
}

/** The findings in bytes that begin at the cursor; the decoder has passed those that were shown before. */
function decode(
  bytes: Buffer,
  cursor: Cursor,
  shown: readonly FoundFinding[],
  limit: number,
): FoundFinding[] {
  const found = [...shown];
  let at = (shown.at(-1)?.end ?? cursor.at) - cursor.at;
  while (found.length < limit) {
    const next = cursor.decoder.next(bytes, at);
    if (next === undefined) break;
    at = next.end;
    found.push({ finding: next.finding, end: cursor.at + next.end });
  }
  return found;
}

async function writeWhole(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, at, bytes.length - at, position + at);
    at += bytesWritten;
  }
}

function isFull(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG';
}
