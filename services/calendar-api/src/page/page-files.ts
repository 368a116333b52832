import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, relative } from 'node:path';

/** One file of the web page, as it is sent. */
export interface PageFile {
  readonly type: string;
  /** A strong validator, in quotes. */
  readonly etag: string;
  /** The name has a hash of the content in it, so that a browser need never ask again. */
  readonly isImmutable: boolean;
  /** By content coding; `identity` is always there. */
  readonly bodies: Readonly<Record<'identity', Buffer>> & Readonly<Partial<Record<Coding, Buffer>>>;
}

export type Coding = 'br' | 'gzip';

/** By path, such as `/index.html`. */
export type PageFiles = ReadonlyMap<string, PageFile>;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};

/** What the build puts beside a file that is worth compressing. */
const COMPRESSED: Readonly<Record<Coding, string>> = { br: '.br', gzip: '.gz' };

/**
 * Reads the built page into memory: it is a few hundred kilobytes, and what is replaced on the disk by a new
 * build does not mix with what is being served. Empty where the page has not been built.
 */
export function readPageFiles(folder: string): PageFiles {
  const files = new Map<string, PageFile>();
  for (const file of listFiles(folder)) {
    const type = TYPES[extname(file)];
    if (type === undefined) continue;
    const identity = readFileSync(file);
    const path = `/${relative(folder, file)}`;
    files.set(path, {
      type,
      etag: `"${createHash('sha256').update(identity).digest('base64url').slice(0, 22)}"`,
      isImmutable: path.startsWith('/assets/'),
      bodies: { identity, ...readCompressed(file) },
    });
  }
  return files;
}

function readCompressed(file: string): Partial<Record<Coding, Buffer>> {
  const bodies: Partial<Record<Coding, Buffer>> = {};
  for (const coding of ['br', 'gzip'] as const) {
    const compressed = file + COMPRESSED[coding];
    if (existsSync(compressed)) bodies[coding] = readFileSync(compressed);
  }
  return bodies;
}

function listFiles(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile());
}
