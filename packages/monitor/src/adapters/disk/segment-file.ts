import { open, readdir, truncate, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { FRAME, readFrame, SEGMENT_HEADER } from './frames.ts';

/** A file of findings. */
export interface Segment {
  readonly path: string;
  readonly number: number;
  /** What of it is on the disk for certain. */
  bytes: number;
  /** Findings that are not dropped yet. */
  findings: number;
}

const NAME = /^(\d{12})\.spool$/;

/** Makes a segment, and sees to it that it is there after a crash. */
export async function createSegment(
  folder: string,
  number: number,
): Promise<{ readonly segment: Segment; readonly handle: FileHandle }> {
  const path = join(folder, `${String(number).padStart(12, '0')}.spool`);
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.write(SEGMENT_HEADER, 0, SEGMENT_HEADER.length, 0);
    await handle.datasync();
    await syncFolder(folder);
  } catch (error) {
    await handle.close();
    await unlink(path).catch(() => undefined);
    throw error;
  }
  return { segment: { path, number, bytes: SEGMENT_HEADER.length, findings: 0 }, handle };
}

/**
 * The segments that an earlier process left, the oldest first. What was not written to its end is cut off: it was never
 * said to be kept.
 * @param onCut told of bytes that were given up.
 */
export async function findSegments(
  folder: string,
  onCut: (path: string, bytes: number) => void,
): Promise<readonly Segment[]> {
  const names = (await readdir(folder)).filter((name) => NAME.test(name)).sort();
  const segments: Segment[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const { bytes, findings, size } = await scan(path);
    if (findings === 0) {
      await unlink(path);
      continue;
    }
    if (size > bytes) {
      onCut(path, size - bytes);
      await truncate(path, bytes);
    }
    segments.push({ path, number: Number(NAME.exec(name)?.[1]), bytes, findings });
  }
  return segments;
}

/** Up to where a segment is whole. */
async function scan(path: string): Promise<{ bytes: number; findings: number; size: number }> {
  const handle = await open(path, 'r');
  try {
    const content = await handle.readFile();
    let findings = 0;
    let bytes = SEGMENT_HEADER.length;
    if (!content.subarray(0, bytes).equals(SEGMENT_HEADER))
      return { bytes: 0, findings: 0, size: content.length };
    for (let frame = readFrame(content, bytes); frame; frame = readFrame(content, frame.end)) {
      if (frame.kind !== FRAME.finding) continue;
      findings += 1;
      bytes = frame.end;
    }
    return { bytes, findings, size: content.length };
  } finally {
    await handle.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
