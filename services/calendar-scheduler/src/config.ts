import { parseKeepPeriod } from '@daywatch/calendar';
import { queueSection } from '@daywatch/delivery/configured';
import { duration, section, type DeepReadonly } from '@daywatch/service-kit/config';
import { sharedStorageSection, workerKeys } from '@daywatch/service-kit/worker';
import { z } from 'zod';

/** The keys of scheduling itself. */
export function schedulerSection() {
  return section({
    period: duration({ default: '1s', min: '10ms', max: '1m' }).meta({
      description:
        'The longest sleep. Known reminders are published when they are due; one that is written when it is due already waits up to this.',
    }),
    keep: z
      .string()
      .refine((text) => parseKeepPeriod(text) !== undefined, {
        error: (issue) => `is '${String(issue.input)}'; allowed is a period such as P1Y, P18M or P90D`,
        abort: true,
      })
      .transform((text) => parseKeepPeriod(text) ?? { months: 12, days: 0 })
      .prefault('P1Y')
      .meta({
        description: 'How long events are kept after their end, in calendar years, months and days.',
        type: 'period',
        allowed: 'a period such as P1Y, P18M or P90D',
      }),
  });
}

const { http, ...rest } = workerKeys({ port: 8891 });

/** Every key of calendar_scheduler. Only keys that do something stand here. */
export const calendarSchedulerSchema = z.strictObject({
  http,
  storage: sharedStorageSection(),
  queue: queueSection(),
  scheduler: schedulerSection(),
  ...rest,
});

export type CalendarSchedulerConfig = DeepReadonly<z.output<typeof calendarSchedulerSchema>>;
