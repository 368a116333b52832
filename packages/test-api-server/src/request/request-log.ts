import type { Verb } from './api-request.ts';

/** A request that was answered, or whose connection was lost on the way. */
export interface LoggedRequest {
  readonly verb: Verb;
  /** Empty for the core group. */
  readonly group: string;
  /** The plural. */
  readonly resource: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
  /** As `system:serviceaccount:namespace:name`, or a user's name. */
  readonly username: string;
  readonly userAgent: string;
  readonly fieldManager?: string;
  readonly atMs: number;
  /** The status code of the answer; 0 where a fault took the connection. */
  readonly status: number;
  /** Whether the store holds something else since. */
  readonly isChange: boolean;
}

const MAX_REMEMBERED = 200_000;

/** What clients asked for, in the order of the answers. A watch is noted when it begins. */
export class RequestLog {
  #entries: LoggedRequest[] = [];

  add(entry: LoggedRequest): void {
    this.#entries.push(entry);
    if (this.#entries.length > MAX_REMEMBERED) this.#entries = this.#entries.slice(-MAX_REMEMBERED / 2);
  }

  all(): readonly LoggedRequest[] {
    return this.#entries;
  }

  /** Requests that ask to change something, whether they did or not; of one user where a name is given. */
  writes(username?: string): readonly LoggedRequest[] {
    return this.#entries.filter(
      (entry) => WRITES.has(entry.verb) && (username === undefined || entry.username === username),
    );
  }

  clear(): void {
    this.#entries = [];
  }
}

const WRITES: ReadonlySet<Verb> = new Set(['create', 'update', 'patch', 'delete', 'deletecollection']);
