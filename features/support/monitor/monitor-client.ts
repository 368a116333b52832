import type { Surroundings } from '../surroundings.ts';

/** What one series was at one moment. */
export interface ReadingView {
  readonly id: number;
  readonly timestamp: string;
  readonly name: string;
  /** What JSON cannot carry is text: `NaN`, `+Inf`, `-Inf`. */
  readonly value: number | string;
  readonly target: Readonly<Record<string, string>>;
}

export interface CheckView {
  readonly id: number;
  readonly timestamp: string;
  readonly domain: string;
  readonly status: string;
}

export interface TargetView {
  readonly id: string;
  readonly domain: string;
  readonly url: string;
  readonly state: string;
  readonly reason: string | null;
  readonly last_scrape: { readonly timestamp: string; readonly samples: number } | null;
  readonly last_error: { readonly timestamp: string; readonly message: string } | null;
}

/** What any HTTP service answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export type Query = Readonly<Record<string, string | number | undefined>>;

const DEADLINE_MS = 20_000;

/** The public interfaces of the monitor, and the health and the metrics of every process. */
export class MonitorClient {
  readonly #surroundings: Surroundings;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** Asks restapi. @param token undefined sends no credentials */
  ask(path: string, token: string | undefined, query: Query = {}, method = 'GET'): Promise<Answer> {
    const url = new URL(path, this.#surroundings.restapi);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    return request(url, { method, headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });
  }

  readings(token: string, query: Query): Promise<readonly ReadingView[]> {
    return this.#read('/api/v1/metrics', token, query);
  }

  checks(token: string, query: Query): Promise<readonly CheckView[]> {
    return this.#read('/api/v1/checks', token, query);
  }

  targets(token: string): Promise<readonly TargetView[]> {
    return this.#read('/api/v1/targets', token);
  }

  /** Asks a process of the system itself. */
  askProcess(name: ProcessName, path: string, method = 'GET'): Promise<Answer> {
    return request(new URL(path, this.#surroundings[name]), { method });
  }

  async #read<T>(path: string, token: string, query: Query = {}): Promise<T> {
    const { status, text } = await this.ask(path, token, query);
    if (status !== 200) throw new Error(`${path} answered ${status}: ${text}`);
    return JSON.parse(text) as T;
  }
}

export type ProcessName = 'api' | 'scheduler' | 'sender' | 'checker' | 'restapi' | 'gometr';

async function request(url: URL, init: RequestInit): Promise<Answer> {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(DEADLINE_MS) });
  return { status: response.status, headers: response.headers, text: await response.text() };
}
