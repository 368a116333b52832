import assert from 'node:assert/strict';
import { setWorldConstructor, World } from '@cucumber/cucumber';
import type {
  CalendarClient,
  CalendarView,
  EventInput,
  EventView,
  OccurrenceTarget,
  OccurrenceView,
} from './calendar/calendar-client.ts';
import { Cast, type Person, type Protocol } from './cast.ts';
import {
  MonitorClient,
  type Answer,
  type CheckView,
  type ProcessName,
  type ReadingView,
} from './monitor/monitor-client.ts';
import { Attempts } from './outcome.ts';
import { StageClient } from './stage-client.ts';
import type { Surroundings } from './surroundings.ts';

/** What the run gives to every scenario. */
export interface WorldParameters {
  readonly surroundings: Surroundings;
  readonly protocol: Protocol;
}

let cast: Cast | undefined;

/** What one scenario knows: who plays in it, their calendars, and what was written down, by its title. */
export class DaywatchWorld extends World<WorldParameters> {
  readonly surroundings = this.parameters.surroundings;
  readonly protocol = this.parameters.protocol;
  readonly cast = (cast ??= new Cast(this.surroundings, this.protocol));
  readonly stage = new StageClient(this.surroundings.stage);
  readonly monitor = new MonitorClient(this.surroundings);
  readonly attempts = new Attempts();
  /** What somebody has looked at last. */
  listing: readonly OccurrenceView[] | undefined;
  pages: (readonly OccurrenceView[])[] = [];
  /** What came of many attempts at once. */
  contest: readonly PromiseSettledResult<EventView>[] = [];
  /** What somebody has before their eyes, which may be out of date. */
  opened: EventView | undefined;
  cancelled: OccurrenceTarget | undefined;
  databaseError: unknown;
  /** A client with a token that is not the usual one. */
  other: CalendarClient | undefined;
  /** Where somebody's reminders go. */
  receiver: { readonly place: string; readonly secret: string } | undefined;
  /** What the monitor has said, and of which readings it is asked. */
  answer: Answer | undefined;
  reading: ReadingView | undefined;
  moments: readonly ReadingView[] = [];
  checks: readonly CheckView[] = [];
  /** The counters of processes, before what is looked at. */
  readonly noted = new Map<ProcessName, string>();
  readonly startedAt = new Date().toISOString();
  /** When a service was last told what to answer. */
  since: string | undefined;
  readonly #people = new Map<string, Promise<Person>>();
  readonly #calendars = new Map<string, CalendarView>();
  readonly #events = new Map<string, EventView>();

  /** The same person throughout the scenario. */
  person(name: string): Promise<Person> {
    const person = this.#people.get(name) ?? this.cast.engage(name);
    this.#people.set(name, person);
    return person;
  }

  /** From here on the name is that of somebody new, and their calendar the one that everybody has. */
  async welcome(name: string): Promise<Person> {
    const joining = this.cast.newcomer(name);
    this.#people.set(name, joining);
    const { client } = await joining;
    const own = (await client.listCalendars()).find((calendar) => calendar.default);
    assert.ok(own, `${name} has no default calendar`);
    this.#calendars.set(`${name}: Personal`, own);
    return joining;
  }

  async makeCalendar(owner: string, timeZone: string, name = 'Personal'): Promise<void> {
    const { client } = await this.person(owner);
    this.#calendars.set(`${owner}: ${name}`, await client.createCalendar({ name, time_zone: timeZone }));
  }

  calendarOf(owner: string, name = 'Personal'): CalendarView {
    const calendar = this.#calendars.get(`${owner}: ${name}`);
    assert.ok(calendar, `${owner} keeps no calendar called ${name} in this scenario`);
    return calendar;
  }

  /** Adds an event to the person's calendar. @throws Refusal */
  async addEvent(owner: string, event: EventInput, calendarName?: string): Promise<EventView> {
    const { client } = await this.person(owner);
    const calendar_id = this.calendarOf(owner, calendarName).id;
    return this.remember(await client.createEvent({ calendar_id, ...event }));
  }

  /** From here on the event is known by its title, as it is now. */
  remember(event: EventView): EventView {
    this.#events.set(event.title, event);
    return event;
  }

  /** As it was when a step last wrote or read it. */
  eventCalled(title: string): EventView {
    const event = this.#events.get(title);
    assert.ok(event, `no event '${title}' was written down in this scenario`);
    return event;
  }

  /** One that opens the monitor. */
  async token(): Promise<string> {
    return (await this.person('Alice')).token;
  }

  openedEvent(): EventView {
    assert.ok(this.opened, 'nobody has opened anything');
    return this.opened;
  }

  /** What the person's calendar has on that day, in its zone. */
  async dayOf(owner: string, date: string): Promise<readonly OccurrenceView[]> {
    const { client } = await this.person(owner);
    return client.listPeriod({ period: 'day', date, calendar_id: this.calendarOf(owner).id });
  }

  /** Every occurrence of an event in the years that scenarios play in. */
  async occurrencesOf(owner: string, title: string): Promise<readonly OccurrenceView[]> {
    const { client } = await this.person(owner);
    const query = { from: '2030-01-01T00:00:00Z', to: '2040-01-01T00:00:00Z', page_size: 1000 };
    const { occurrences } = await client.listRange({ ...query, calendar_id: this.calendarOf(owner).id });
    const { id } = this.eventCalled(title);
    return occurrences.filter(({ event_id }) => event_id === id);
  }

  /** As it is now, for its owner. @throws Refusal */
  async readEvent(owner: string, title: string): Promise<EventView> {
    const { client } = await this.person(owner);
    return client.getEvent(this.eventCalled(title).id);
  }
}

setWorldConstructor(DaywatchWorld);

/** Ends what the scenarios of this process have shared. */
export function closeCast(): void {
  cast?.close();
}
