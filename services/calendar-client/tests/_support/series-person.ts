import { afterAll, beforeEach, expect } from 'vitest';
import { startCalendarServer, type CalendarServer } from './calendar-server.ts';
import { createPerson, readAnswer, type Outcome, type PersonOptions } from './person.ts';

export interface SeriesAnswer {
  readonly id: string;
  readonly start: string;
  readonly recurrence: { readonly rrule: string; readonly exdates: readonly string[] } | null;
  readonly [field: string]: unknown;
}

/** Somebody with an empty calendar, for each test anew. */
export interface SeriesPerson {
  readonly type: (...argv: readonly string[]) => Promise<Outcome>;
  /** The same person otherwise equipped: at a terminal, in another locale. */
  readonly person: (options: Partial<PersonOptions>) => SeriesPerson['type'];
  readonly json: (...argv: readonly string[]) => Promise<SeriesAnswer>;
  /** A standup on working days at 9:30, from Thursday 19 November on; its id. */
  readonly addStandup: (...more: readonly string[]) => Promise<string>;
  /** The days and times of a week, without ids. */
  readonly week: (day: string) => Promise<readonly string[]>;
}

export function useSeriesPerson(): SeriesPerson {
  const servers: CalendarServer[] = [];
  let address = '';

  beforeEach(async () => {
    const server = await startCalendarServer();
    servers.push(server);
    ({ address } = server);
  });

  afterAll(async () => {
    for (const each of servers) await each[Symbol.asyncDispose]();
  });

  const person: SeriesPerson['person'] =
    (options) =>
    (...argv) =>
      createPerson({ address, ...options })(...argv);
  const type = person({});
  const json: SeriesPerson['json'] = async (...argv) =>
    readAnswer(await type(...argv, '--json')) as unknown as SeriesAnswer;
  return {
    type,
    person,
    json,
    addStandup: async (...more) => {
      const rhythm = ['--for', '15m', '--every', 'weekday'];
      const added = await json('add', 'Standup', 'tomorrow', '9:30', ...rhythm, ...more);
      expect(added.recurrence).not.toBeNull();
      return added.id;
    },
    week: async (day) => {
      const { stdout } = await type('week', day, '--json');
      const { occurrences } = JSON.parse(stdout) as {
        occurrences: readonly { title: string; start: string }[];
      };
      return occurrences.map(({ title, start }) => `${start.slice(5, 16)} ${title}`);
    },
  };
}
