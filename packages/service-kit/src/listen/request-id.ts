import { randomUUID } from 'node:crypto';

/** The client's own id where it is a sane one, so that a request can be followed across services; else a new one. */
export function chooseRequestId(given: string | readonly string[] | undefined): string {
  return typeof given === 'string' && /^[\w.:/+=-]{1,128}$/.test(given) ? given : randomUUID();
}
