import { z } from 'zod';
import type { MonitorReader, Standing } from '../../target/standing.ts';
import { readBody } from './read-body.ts';

/** An element of what `GET /api/v1/targets` of restapi answers, as far as it is read here. */
const targetAnswer = z.object({
  id: z.string(),
  state: z.enum(['pass', 'warn', 'fail', 'unknown']),
  reason: z.string().nullable(),
  since: z.string().nullable(),
  last_check: z.object({ timestamp: z.string() }).nullable(),
  last_error: z.object({ message: z.string() }).nullable(),
  checker: z.string().nullable(),
});
/** More than a checker's ConfigMap has room for. */
const listAnswer = z.array(targetAnswer).max(50_000);

const TIMEOUT_MS = 10_000;
/** Who answers there is up to the owner of the namespace: it must not take the memory of the one operator. */
const MAX_BODY = 16 * 2 ** 20;
const MAX_ERROR_BODY = 64 * 1024;
/** Longer than any message that is shown. */
const MAX_TEXT = 2000;
/** What may stand in a header. */
const TOKEN = /^[\x21-\x7e]+$/;

/** @param urlTemplate where the restapi of an installation is; `{name}` and `{namespace}` are those of its Daywatch. */
export function createRestapiReader(urlTemplate: string): MonitorReader {
  return {
    async read({ name, namespace, token, signal }) {
      const base = urlTemplate.replaceAll('{name}', name).replaceAll('{namespace}', namespace);
      const url = `${base.replace(/\/$/, '')}/api/v1/targets`;
      // Whoever refuses a header names its value, and that would be told to everybody who may see a target.
      if (token !== undefined && !TOKEN.test(token)) {
        throw new Error(
          'the first token is none: it has spaces, control characters or others than ASCII in it',
        );
      }
      const response = await fetch(url, {
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
        redirect: 'error',
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      }).catch((error: unknown) => {
        throw new Error(`${base} does not answer: ${explain(error)}`, { cause: error });
      });
      if (!response.ok) throw new Error(`${base} answers ${response.status}${await readMessage(response)}`);
      const body = await readBody(response, MAX_BODY).catch((error: unknown) => {
        throw new Error(`${base} does not answer to the end: ${explain(error)}`, { cause: error });
      });
      return parseTargets(base, body).map(toStanding);
    },
  };
}

function parseTargets(base: string, body: string): z.output<typeof listAnswer> {
  try {
    return listAnswer.parse(JSON.parse(body));
  } catch (error) {
    const what = error instanceof z.ZodError ? z.prettifyError(error).slice(0, MAX_TEXT) : 'it is no JSON';
    throw new Error(`${base} answers what is no list of targets: ${what}`, { cause: error });
  }
}

function toStanding(answer: z.output<typeof targetAnswer>): Standing {
  const { id, state, reason, since, last_check, last_error, checker } = answer;
  const error = state === 'pass' ? undefined : (reason ?? last_error?.message);
  return {
    name: id,
    result: state,
    error: error?.slice(0, MAX_TEXT),
    checker: checker ?? undefined,
    since: since ?? undefined,
    lastCheck: last_check?.timestamp,
  };
}

async function readMessage(response: Response): Promise<string> {
  try {
    const body = JSON.parse(await readBody(response, MAX_ERROR_BODY)) as {
      readonly message?: unknown;
    } | null;
    return typeof body?.message === 'string' ? `: ${body.message.slice(0, MAX_TEXT)}` : '';
  } catch {
    // A proxy before it may answer with a page; the status says enough then.
    return '';
  }
}

function explain(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error && cause.message !== '' ? cause.message : message;
}
