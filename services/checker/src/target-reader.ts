import { readFileSync } from 'node:fs';
import type { TargetSettings } from '@daywatch/monitor';
import { parseTargets } from '@daywatch/monitor/config';
import { fingerprint } from './fingerprint.ts';

interface NamedFile {
  readonly text: string;
  readonly fingerprint: string;
}

/** Reads the key `targets` again and again, and remembers the files that it names. */
export class TargetReader {
  readonly #warn: (line: string) => void;
  /** By path: what the targets of the last good reading name. */
  #files: ReadonlyMap<string, NamedFile> = new Map();
  #lastLook = '';

  constructor(warn: (line: string) => void) {
    this.#warn = warn;
  }

  /**
   * A file that cannot be read any more, as for a moment while it is replaced, counts as what it held before; one that
   * could never be read is an error. Each reading that fails changes nothing.
   * @throws ConfigError
   */
  read(list: readonly unknown[]): readonly TargetSettings[] {
    const files = new Map<string, NamedFile>();
    const targets = parseTargets(list, {
      readFile: (path) => {
        const file = files.get(path) ?? this.#readFile(path);
        files.set(path, file);
        return file.text;
      },
    });
    this.#files = files;
    return targets;
  }

  /**
   * Whether the files that were read differ by now, and look as they did when this was asked before: what is still being
   * written, or is half of a certificate and its key, is not taken.
   */
  hasNewFiles(): boolean {
    const entries = Array.from(this.#files, ([path, file]) => ({ file, now: fingerprint(path) }));
    const look = entries.map(({ now }) => now).join('\n');
    const isSettled = look === this.#lastLook;
    this.#lastLook = look;
    return isSettled && entries.some(({ file, now }) => file.fingerprint !== now);
  }

  #readFile(path: string): NamedFile {
    // Taken first: what is written in between is noticed later.
    const now = fingerprint(path);
    try {
      return { text: readFileSync(path, 'utf8'), fingerprint: now };
    } catch (error) {
      const before = this.#files.get(path);
      if (before === undefined) throw error;
      const why = error instanceof Error ? error.message : String(error);
      if (before.fingerprint !== now) {
        this.#warn(`'${path}' cannot be read, what it held before stays in use: ${why}`);
      }
      return { text: before.text, fingerprint: now };
    }
  }
}
