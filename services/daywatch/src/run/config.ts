import { calendarApiSchema } from '@daywatch/calendar-api';
import { schedulerSection } from '@daywatch/calendar-scheduler';
import { senderSection } from '@daywatch/calendar-sender';
import type { DeepReadonly } from '@daywatch/service-kit/config';
import { z } from 'zod';

// The API of the monitor is in this process: nothing is forwarded.
const { monitor: _, ...api } = calendarApiSchema.shape;

/** Every key of daywatch: those of the API, and of the scheduler and the sender that run beside it. */
export const daywatchSchema = z.strictObject({
  ...api,
  scheduler: schedulerSection(),
  sender: senderSection(),
});

export type DaywatchConfig = DeepReadonly<z.output<typeof daywatchSchema>>;
