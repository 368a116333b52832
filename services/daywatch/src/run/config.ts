import { calendarApiSchema } from '@daywatch/calendar-api';
import { schedulerSection } from '@daywatch/calendar-scheduler';
import { senderSection } from '@daywatch/calendar-sender';
import type { DeepReadonly } from '@daywatch/service-kit/config';
import { z } from 'zod';

/** Every key of daywatch: those of the API, and of the scheduler and the sender that run beside it. */
export const daywatchSchema = z.strictObject({
  ...calendarApiSchema.shape,
  scheduler: schedulerSection(),
  sender: senderSection(),
});

export type DaywatchConfig = DeepReadonly<z.output<typeof daywatchSchema>>;
