import { describe, expect, it } from 'vitest';
import { hasDebianPackage } from '../../../tests/_support/debian-packages.ts';
import { runCrashTrial } from './crash-trial.ts';

const TIMEOUT_MS = 600_000;

describe.runIf(hasDebianPackage('rabbitmq-server'))('reminders through crashes', () => {
  it(
    'should lose none, and repeat only what was in flight at a kill',
    async () => {
      const seed = Number(process.env['CRASH_SEED'] ?? Math.floor(Math.random() * 2 ** 32));
      console.log(`seed ${seed}`);

      const result = await runCrashTrial({
        reminders: 450,
        faults: 9,
        schedulers: 1,
        senders: 2,
        prefetch: 2,
        seed,
        deadlineMs: TIMEOUT_MS - 60_000,
        log: console.log,
      });

      console.log(`${result.raw} requests, ${result.distinct} distinct, ${result.repeated} repeated`);
      expect(result).toMatchObject({
        distinct: 450,
        lost: 0,
        unexplained: [],
        statuses: { sent: 450 },
      });
    },
    TIMEOUT_MS,
  );
});
