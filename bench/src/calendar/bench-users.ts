import { randomBytes } from 'node:crypto';
import { cacheTokens, createToken } from '@daywatch/access';
import { createPostgresAccess } from '@daywatch/access/postgres';
import { UTC, makeUuidV7, toInstant, type CalendarId, type UserId } from '@daywatch/calendar';
import { createPostgresCalendarStore } from '@daywatch/calendar/postgres';
import type { Postgres } from '@daywatch/service-kit/postgres';
import { createProgress } from '../progress.ts';

/** A user with a token and a default calendar. */
export interface BenchUser {
  readonly id: UserId;
  readonly token: string;
  readonly calendarId: CalendarId;
}

/** Names that a pgbench script can compute from a number. */
export function benchUserId(index: number): UserId {
  return `user-${index}` as UserId;
}

/** Names that a pgbench script can compute from a number. */
export function benchCalendarId(index: number): CalendarId {
  return `00000000-0000-7000-9000-${index.toString(16).padStart(12, '0')}` as CalendarId;
}

export async function addBenchUsers(postgres: Postgres, count: number): Promise<readonly BenchUser[]> {
  const { tokens } = createPostgresAccess(postgres);
  const calendars = createPostgresCalendarStore(postgres);
  const context = { tokens: cacheTokens(tokens, { clock: Date }), clock: Date, random: randomBytes };
  const progress = createProgress(`${count} users with a token and a calendar each`, count);
  const users: BenchUser[] = [];
  for (let i = 0; i < count; i++) {
    const id = benchUserId(i);
    const created = await createToken(context, { name: 'bench', userId: id, scopes: ['calendar'] });
    const now = toInstant(Date.now());
    const calendar = await calendars.ensureDefault({
      id: benchCalendarId(i),
      owner: id,
      name: 'Calendar',
      timeZone: UTC,
      createdAt: now,
      updatedAt: now,
    });
    users.push({ id, token: created.secret.reveal(), calendarId: calendar.id });
    progress.update(i + 1);
  }
  progress.stop();
  return users;
}

export function newId(): string {
  return makeUuidV7(Date.now(), randomBytes(10));
}
