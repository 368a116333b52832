import { readFileSync } from 'node:fs';
import type { TargetSettings } from '@daywatch/monitor';
import { parseTargets } from '@daywatch/monitor/config';

/** Reads the key `targets`, files of credentials and certificates included. @throws ConfigError */
export function readTargets(list: readonly unknown[]): readonly TargetSettings[] {
  return parseTargets(list, { readFile: (path) => readFileSync(path, 'utf8') });
}
