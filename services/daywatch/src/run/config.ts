import { calendarApiSchema } from '@daywatch/calendar-api';
import { schedulerSection } from '@daywatch/calendar-scheduler';
import { senderSection } from '@daywatch/calendar-sender';
import { checkerSection, retentionSection, spoolSize, targetsKey } from '@daywatch/checker';
import { section, type DeepReadonly } from '@daywatch/service-kit/config';
import { z } from 'zod';

// The API of the monitor is in this process: nothing is forwarded.
const { monitor: _, ...api } = calendarApiSchema.shape;

/** Every key of daywatch: those of the API, and of the scheduler, the sender and the checker that run beside it. */
export const daywatchSchema = z.strictObject({
  ...api,
  scheduler: schedulerSection(),
  sender: senderSection(),
  targets: targetsKey(),
  checker: checkerSection(),
  // The folder is in the data folder.
  spool: section({ size: spoolSize() }),
  retention: retentionSection(),
});

export type DaywatchConfig = DeepReadonly<z.output<typeof daywatchSchema>>;
