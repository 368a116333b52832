import type { HealthCheck } from '@daywatch/service-kit/health';
import { statfs } from 'node:fs/promises';
import { judgeFall } from './judge.ts';

export interface FreeDiskLimits {
  readonly disk_path: string;
  /** Percent of the file system below which the finding is `warn`, and `fail`. */
  readonly disk_free_warn: number;
  readonly disk_free_fail: number;
}

/** Checks what is free, to users that are not root, on the file system of a folder. */
export function checkFreeDisk(limits: FreeDiskLimits): HealthCheck {
  return {
    name: 'disk',
    componentType: 'system',
    isNeededForReadiness: false,
    check: async () => {
      const { bavail, blocks } = await statfs(limits.disk_path);
      return judgeFall({
        // A file system without blocks, such as one of the kernel's, is never full.
        observed: blocks === 0 ? 100 : Math.round((bavail / blocks) * 1000) / 10,
        unit: 'percent',
        warnFrom: limits.disk_free_warn,
        failFrom: limits.disk_free_fail,
        describe: (value, limit) =>
          `${value} percent of the disk are free; below ${limit} that is too little`,
      });
    },
  };
}
