import { randomUUID } from 'node:crypto';
import type { CalendarClient } from './calendar/calendar-client.ts';
import { connectOverGrpc } from './calendar/grpc-client.ts';
import { connectOverHttp } from './calendar/http-client.ts';
import { createToken } from './daywatch-command.ts';
import type { Surroundings } from './surroundings.ts';

export type Protocol = 'grpc' | 'http';

/** A user whom a scenario calls by a first name. */
export interface Person {
  readonly name: string;
  readonly userId: string;
  readonly token: string;
  readonly client: CalendarClient;
}

/** A user may have 100 calendars, and a scenario makes a few: then another user plays the part. */
const SCENARIOS_FOR_ONE_USER = 30;

interface Part {
  readonly person: Promise<Person>;
  scenarios: number;
}

/**
 * Who plays in the scenarios of this process. Users are made on the command line, which takes half a second, so each
 * plays in many scenarios, always with a calendar that is new.
 */
export class Cast {
  readonly #surroundings: Surroundings;
  readonly #protocol: Protocol;
  readonly #parts = new Map<string, Part>();
  readonly #clients: CalendarClient[] = [];

  constructor(surroundings: Surroundings, protocol: Protocol) {
    this.#surroundings = surroundings;
    this.#protocol = protocol;
  }

  /** Whoever has that part, for one scenario more. */
  engage(name: string): Promise<Person> {
    const known = this.#parts.get(name);
    const part =
      known && known.scenarios < SCENARIOS_FOR_ONE_USER
        ? known
        : { person: this.newcomer(name), scenarios: 0 };
    part.scenarios += 1;
    this.#parts.set(name, part);
    return part.person;
  }

  /** Somebody whom the system has never seen. */
  async newcomer(name: string): Promise<Person> {
    const userId = `${name.toLowerCase()}-${randomUUID()}`;
    const token = await createToken(this.#surroundings, { name: 'features', user: userId });
    return { name, userId, token, client: this.connect(token) };
  }

  /** @param token undefined is nobody */
  connect(token: string | undefined): CalendarClient {
    const connect = this.#protocol === 'grpc' ? connectOverGrpc : connectOverHttp;
    const client = connect(this.#surroundings.api, token);
    this.#clients.push(client);
    return client;
  }

  close(): void {
    for (const client of this.#clients) client.close();
  }
}
