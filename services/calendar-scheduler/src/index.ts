export { calendarSchedulerSchema, schedulerSection, type CalendarSchedulerConfig } from './config.ts';
export { createScheduler, type Scheduler, type SchedulerOptions } from './scheduler.ts';
