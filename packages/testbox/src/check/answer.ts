import type { Json } from './json-path.ts';

/** What came back from a step. */
export interface Answer {
  /** Of HTTP: `200`. Of gRPC: `OK`. undefined for steps that have none. */
  readonly status: string | undefined;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  /** The body as JSON; undefined where it is none. */
  readonly json: Json | undefined;
}

export function answerOf(json: Json, status?: string): Answer {
  return { status, headers: new Map(), body: JSON.stringify(json), json };
}

/** undefined for what is no JSON. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
