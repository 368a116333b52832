import { z } from 'zod';
import type { MonitorReader, Standing } from '../../target/standing.ts';

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
const listAnswer = z.array(targetAnswer);

const TIMEOUT_MS = 10_000;

/** @param urlTemplate where the restapi of an installation is; `{name}` and `{namespace}` are those of its Daywatch. */
export function createRestapiReader(urlTemplate: string): MonitorReader {
  return {
    async read({ name, namespace, token, signal }) {
      const base = urlTemplate.replaceAll('{name}', name).replaceAll('{namespace}', namespace);
      const url = `${base.replace(/\/$/, '')}/api/v1/targets`;
      const response = await fetch(url, {
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
        redirect: 'error',
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      }).catch((error: unknown) => {
        throw new Error(`${base} does not answer: ${explain(error)}`, { cause: error });
      });
      if (!response.ok) throw new Error(`${base} answers ${response.status}${await readMessage(response)}`);
      return listAnswer.parse(await response.json()).map(toStanding);
    },
  };
}

function toStanding(answer: z.output<typeof targetAnswer>): Standing {
  const { id, state, reason, since, last_check, last_error, checker } = answer;
  const error = state === 'pass' ? undefined : (reason ?? last_error?.message);
  return {
    name: id,
    result: state,
    error,
    checker: checker ?? undefined,
    since: since ?? undefined,
    lastCheck: last_check?.timestamp,
  };
}

async function readMessage(response: Response): Promise<string> {
  const body = (await response.json().catch(() => undefined)) as { readonly message?: string } | undefined;
  return body?.message === undefined ? '' : `: ${body.message}`;
}

function explain(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error && cause.message !== '' ? cause.message : message;
}
