import { ConfigError } from '@daywatch/service-kit/config';
import type { TargetSettings } from '@daywatch/monitor';
import type { Logger } from '@daywatch/service-kit/log';
import { fingerprint } from './fingerprint.ts';
import type { TargetReader } from './target-reader.ts';

export interface FollowTargetsOptions {
  /** The configuration; undefined where there is none, and so nothing of it to follow. */
  readonly file: string | undefined;
  /** The key `targets` as `reader` has read it. */
  readonly list: readonly unknown[];
  /** Reads that key anew. @throws ConfigError */
  readonly readList: () => readonly unknown[];
  readonly reader: TargetReader;
  readonly use: (targets: readonly TargetSettings[]) => void;
  /** Told whether the configuration that was read could be used. */
  readonly onReload: (isGood: boolean) => void;
  readonly logger: Logger;
}

/** Targets that change with their configuration, and with the files that it names. */
export interface FollowedTargets extends Disposable {
  /** Reads the configuration again, whether it has changed or not. */
  readonly reload: () => void;
}

const LOOK_EVERY_MS = 1000;

/**
 * Reads the targets again when the configuration changes, or a file of credentials or certificates. What cannot be used
 * is one line in the log, and nothing changes. A new token is taken into the last good configuration, however wrong that
 * is which lies there now.
 */
export function followTargets(options: FollowTargetsOptions): FollowedTargets {
  const { file, readList, reader, use, onReload, logger } = options;
  let { list } = options;
  let seen = look();

  function reload(): void {
    seen = look();
    try {
      const read = readList();
      take(read);
      list = read;
      onReload(true);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      onReload(false);
      logger.error(`the configuration cannot be used, the last good one stays: ${error.message}`);
    }
  }

  function take(read: readonly unknown[]): void {
    const targets = reader.read(read);
    use(targets);
    logger.info({ targets: targets.length }, 'the targets were read again');
  }

  function look(): string {
    return file === undefined ? '' : fingerprint(file);
  }

  const timer = setInterval(() => {
    if (look() !== seen) reload();
    // Each of these files was read before, and so can only hold something else, which is no error.
    else if (reader.hasNewFiles()) take(list);
  }, LOOK_EVERY_MS);
  return { reload, [Symbol.dispose]: () => clearInterval(timer) };
}
