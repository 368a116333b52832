import type { ServerResponse } from 'node:http';
import type { ApiState } from '../api-state.ts';
import { isMatch, type FaultMatch } from '../faults/fault-match.ts';
import type { ApiRequest } from '../request/api-request.ts';
import { tooOld, watchObjects, type Watch, type WatchEvent } from '../read/watch-objects.ts';
import { answerTable, wantsTable } from '../table/answer-table.ts';
import { printObject } from './print-object.ts';
import { EventShuffle } from './event-shuffle.ts';

export interface WatchTimes {
  /** A watch without a `timeoutSeconds` of its own ends after this. */
  readonly defaultTimeoutMs: number;
  readonly bookmarkIntervalMs: number;
}

interface OpenWatch {
  readonly request: ApiRequest;
  readonly response: ServerResponse;
  readonly end: () => void;
  readonly send: (event: WatchEvent) => void;
  isDeaf: boolean;
}

/** All watches that are open, and the faults that befall them. */
export class WatchHub {
  readonly #state: ApiState;
  readonly #times: WatchTimes;
  readonly #open = new Set<OpenWatch>();
  readonly #shuffles = new Set<EventShuffle>();
  readonly #deafness = new Set<FaultMatch>();

  constructor(state: ApiState, times: WatchTimes) {
    this.#state = state;
    this.#times = times;
  }

  /** How many watches are open, also those that hang. */
  get size(): number {
    return this.#open.size;
  }

  /** Streams events until the client goes, its time is over, or a fault ends it. @throws ApiError 400 */
  open(request: ApiRequest, response: ServerResponse): void {
    let watch: Watch | undefined;
    let timers: NodeJS.Timeout[] = [];
    const end = (): void => {
      watch?.stop();
      for (const timer of timers) clearTimeout(timer);
      timers = [];
      this.#open.delete(opened);
      response.end();
    };
    const send = (event: WatchEvent): void => {
      if (opened.isDeaf || response.writableEnded) return;
      if (!response.headersSent) start(response);
      response.write(print(event, request, this.#state));
    };
    const isDeaf = [...this.#deafness].some((match) => isMatch(match, request));
    const opened: OpenWatch = { request, response, end, send, isDeaf };
    this.#open.add(opened);
    response.on('close', end);
    try {
      watch = watchObjects(this.#state, request, (event) => this.#deliver(opened, event), end);
    } catch (error) {
      watch = undefined;
      this.#open.delete(opened);
      response.off('close', end);
      throw error;
    }
    if (response.writableEnded) return;
    start(response);
    timers = this.#startTimers(opened, watch);
  }

  /** What is open now and matches never says anything again, and looks alive. @returns how many that are */
  hang(match: FaultMatch): number {
    const hung = [...this.#open].filter(({ request }) => isMatch(match, request));
    for (const watch of hung) watch.isDeaf = true;
    return hung.length;
  }

  /** Watches that are opened while this lasts hang too. */
  hangNew(match: FaultMatch): () => void {
    this.#deafness.add(match);
    return () => this.#deafness.delete(match);
  }

  /** Ends the streams, as a server does that is updated. */
  close(match: FaultMatch = {}): void {
    for (const watch of this.#open) if (isMatch(match, watch.request)) watch.end();
  }

  /** Tells open watches that they are too far behind, and ends them. */
  expire(match: FaultMatch = {}): void {
    const { revision } = this.#state.store;
    for (const watch of this.#open)
      if (isMatch(match, watch.request)) {
        watch.send({ type: 'ERROR', object: tooOld(1, revision).toStatus() });
        watch.end();
      }
  }

  /** Events of different objects overtake each other; those of one object never do. */
  shuffle(match: FaultMatch, random: () => number): () => void {
    const shuffle = new EventShuffle(match, random);
    this.#shuffles.add(shuffle);
    return () => {
      this.#shuffles.delete(shuffle);
      shuffle.flush();
    };
  }

  clearFaults(): void {
    this.#deafness.clear();
    for (const shuffle of this.#shuffles) shuffle.flush();
    this.#shuffles.clear();
  }

  #deliver({ request, send }: OpenWatch, event: WatchEvent): void {
    const shuffle = [...this.#shuffles].find(({ match }) => isMatch(match, request));
    if (shuffle === undefined) send(event);
    else shuffle.take(send, event);
  }

  #startTimers(opened: OpenWatch, watch: Watch): NodeJS.Timeout[] {
    const asked = Number(opened.request.query.get('timeoutSeconds') ?? 0) * 1000;
    const timeoutMs = asked > 0 ? asked : this.#times.defaultTimeoutMs;
    const bookmarks = setInterval(() => watch.bookmark(), this.#times.bookmarkIntervalMs);
    const timeout = setTimeout(() => {
      // The last word is how far the client has come, so that it goes on from there.
      watch.bookmark();
      // A connection that hangs does not end by itself either.
      if (!opened.isDeaf) opened.end();
    }, timeoutMs);
    return [bookmarks, timeout];
  }
}

function start(response: ServerResponse): void {
  if (response.headersSent) return;
  response.writeHead(200, { 'content-type': 'application/json', 'transfer-encoding': 'chunked' });
  response.flushHeaders();
}

function print(event: WatchEvent, request: ApiRequest, state: ApiState): string {
  switch (event.type) {
    case 'BOOKMARK':
    case 'ERROR':
      return `${JSON.stringify(event)}\n`;
    case 'ADDED':
    case 'MODIFIED':
    case 'DELETED': {
      const { object } = event;
      const text = wantsTable(request)
        ? JSON.stringify(answerTable([object], request, state))
        : printObject(object);
      return `{"type":"${event.type}","object":${text}}\n`;
    }
    default:
      return event satisfies never;
  }
}
