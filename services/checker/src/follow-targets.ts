import { statSync } from 'node:fs';
import { ConfigError } from '@daywatch/service-kit/config';
import type { TargetSettings } from '@daywatch/monitor';
import type { Logger } from '@daywatch/service-kit/log';

export interface FollowTargetsOptions {
  /** The configuration; undefined where there is none, and so nothing to follow. */
  readonly file: string | undefined;
  /** Reads the targets anew. @throws ConfigError */
  readonly read: () => readonly TargetSettings[];
  readonly use: (targets: readonly TargetSettings[]) => void;
  /** Told whether what was read could be used. */
  readonly onReload: (isGood: boolean) => void;
  readonly logger: Logger;
}

/** Targets that change with their configuration. */
export interface FollowedTargets extends Disposable {
  /** Reads the configuration again, whether it has changed or not: the files that it names may have. */
  readonly reload: () => void;
}

/** A file that is put in its place by a rename, or behind a link, is noticed like one that is written to. */
const LOOK_EVERY_MS = 1000;

/** Reads the targets again when the file changes. What cannot be used is one line in the log, and nothing changes. */
export function followTargets(options: FollowTargetsOptions): FollowedTargets {
  const { file, read, use, onReload, logger } = options;
  let seen = fingerprint(file);

  function reload(): void {
    seen = fingerprint(file);
    try {
      const targets = read();
      use(targets);
      onReload(true);
      logger.info({ targets: targets.length }, 'the targets were read again');
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      onReload(false);
      logger.error(`the configuration cannot be used, the last good one stays: ${error.message}`);
    }
  }

  const timer = setInterval(() => {
    if (fingerprint(file) !== seen) reload();
  }, LOOK_EVERY_MS);
  return { reload, [Symbol.dispose]: () => clearInterval(timer) };
}

function fingerprint(file: string | undefined): string {
  if (file === undefined) return '';
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat === undefined ? 'missing' : [stat.dev, stat.ino, stat.size, stat.mtimeMs].join();
}
