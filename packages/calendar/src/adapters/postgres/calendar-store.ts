import assert from 'node:assert';
import {
  encodeTimestamp,
  QueryError,
  type Postgres,
  type Queries,
  type SqlParameter,
} from '@daywatch/service-kit/postgres';
import { MAX_CALENDARS, type AddCalendarResult, type CalendarStore } from '../../calendar/calendar-store.ts';
import type { Calendar, CalendarDraft } from '../../calendar/calendar.ts';
import { ErrCalendarExists, ErrCalendarNotFound } from '../../errors.ts';
import type { UserId } from '../../event/event.ts';
import { toCalendar, type CalendarRow } from './calendar-row.ts';
import { addCalendar } from './sql/add-calendar.ts';
import { ensureDefaultCalendar } from './sql/ensure-default-calendar.ts';
import { getCalendar } from './sql/get-calendar.ts';
import { getDefaultCalendar } from './sql/get-default-calendar.ts';
import { listCalendars } from './sql/list-calendars.ts';
import { lockCalendar } from './sql/lock-calendar.ts';
import { lockOwner } from './sql/lock-owner.ts';
import { updateCalendar } from './sql/update-calendar.ts';
import { UNIQUE_VIOLATION } from './sql-state.ts';

/** Keeps calendars in PostgreSQL. */
export function createPostgresCalendarStore(db: Postgres): CalendarStore {
  async function getDefault(owner: UserId, signal?: AbortSignal): Promise<Calendar | undefined> {
    return first(await db.query(getDefaultCalendar, [owner], signal));
  }

  return {
    async ensureDefault(draft, signal) {
      const made = await insertOrExists(draft, () =>
        db.query(ensureDefaultCalendar, parametersOf(draft), signal),
      );
      const calendar = first(made) ?? (await getDefault(draft.owner, signal));
      assert(calendar, `the owner '${draft.owner}' has a default calendar that cannot be read`);
      return calendar;
    },

    getDefault,

    async get(owner, id, signal) {
      return first(await db.query(getCalendar, [id, owner], signal));
    },

    async list(owner, signal) {
      return (await db.query(listCalendars, [owner], signal)).map(toCalendar);
    },

    async add(draft, signal) {
      return insertOrExists(draft, () => db.transaction((queries) => addUnderLock(queries, draft), signal));
    },

    async update(owner, id, change, signal) {
      return db.transaction(async (queries) => {
        const current = first(await queries.query(lockCalendar, [id, owner]));
        if (!current) throw new ErrCalendarNotFound(id);
        const { name, timeZone, updatedAt } = change(current);
        const updated = first(
          await queries.query(updateCalendar, [id, name, timeZone, encodeTimestamp(updatedAt)]),
        );
        assert(updated, `the locked calendar ${id} is gone`);
        return updated;
      }, signal);
    },
  };
}

async function addUnderLock(queries: Queries, draft: CalendarDraft): Promise<AddCalendarResult> {
  await queries.query(lockOwner, [draft.owner]);
  const existing = first(await queries.query(getCalendar, [draft.id, draft.owner]));
  if (existing) return { kind: 'exists', calendar: existing };
  const calendar = first(await queries.query(addCalendar, [...parametersOf(draft), MAX_CALENDARS]));
  return calendar ? { kind: 'added', calendar } : { kind: 'too-many' };
}

/** The only key that an insert can run into is the id, which is unique over all owners. */
async function insertOrExists<T>(draft: CalendarDraft, insert: () => Promise<T>): Promise<T> {
  try {
    return await insert();
  } catch (error) {
    if (error instanceof QueryError && error.sqlState === UNIQUE_VIOLATION)
      throw new ErrCalendarExists(draft.id);
    throw error;
  }
}

function parametersOf(draft: CalendarDraft): readonly SqlParameter[] {
  const { id, owner, name, timeZone, createdAt, updatedAt } = draft;
  return [id, owner, name, timeZone, encodeTimestamp(createdAt), encodeTimestamp(updatedAt)];
}

function first(rows: readonly CalendarRow[]): Calendar | undefined {
  return rows[0] && toCalendar(rows[0]);
}
