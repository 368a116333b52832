import { toInstant, UTC, type CalendarContext } from '@daywatch/calendar';
import {
  createPostgresCalendarStore,
  createPostgresEventSearch,
  createPostgresEventStore,
  createPostgresReminders,
  createPostgresSettingsStore,
} from '@daywatch/calendar/postgres';
import type { Postgres } from '@daywatch/service-kit/postgres';
import { recordStatements, type SentStatement } from '../measure/pgbench-script.ts';
import { newId } from './bench-users.ts';

/** Runs a use case on the PostgreSQL adapter and answers the statements that it sent. */
export async function recordUseCase(
  postgres: Postgres,
  useCase: (context: CalendarContext) => Promise<unknown>,
): Promise<readonly SentStatement[]> {
  const recorded = recordStatements(postgres);
  await useCase({
    events: createPostgresEventStore(recorded.postgres),
    calendars: createPostgresCalendarStore(recorded.postgres),
    reminders: createPostgresReminders(recorded.postgres),
    settings: createPostgresSettingsStore(recorded.postgres),
    search: createPostgresEventSearch(recorded.postgres),
    now: () => toInstant(Date.now()),
    newId,
    newWebhookSecret: () => 'whsec_',
    defaultTimeZone: UTC,
  });
  return recorded.sent;
}
