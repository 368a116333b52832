import type { CheckStatus } from '../../../checker/check-run.ts';
import type { MonitorManager } from '../../../monitor-manager.ts';
import { operation, type MonitorScope } from '../monitor-scope.ts';
import { formatTimestamp } from '../print-readings.ts';
import { errors, okOrKnown, ReadHeaders } from '../schema/answers.ts';
import { CheckList, CheckResultList, ChecksQuery, ResultsQuery } from '../schema/check-schema.ts';
import { sendJson } from '../send-json.ts';
import { toResultAnswer } from '../to-answers.ts';

const DEFAULT_NUM = 7;

const list = operation('ListChecks', {
  tags: ['checks'],
  summary: 'List the last checks, oldest first',
  headers: ReadHeaders,
  querystring: ChecksQuery,
  response: { ...okOrKnown(CheckList, 'The checks.'), ...errors() },
});

const results = operation('ListCheckResults', {
  tags: ['board'],
  summary: 'List the last checks in full, oldest first',
  description: 'As `/api/v1/checks`, with every status, how long each took, and why it did not pass.',
  headers: ReadHeaders,
  querystring: ResultsQuery,
  response: { ...okOrKnown(CheckResultList, 'The results.'), ...errors() },
});

export function addCheckRoutes(scope: MonitorScope, { manager }: { readonly manager: MonitorManager }): void {
  scope.get('/api/v1/checks', list, async (request, reply) => {
    const { domain, num = DEFAULT_NUM, include } = request.query;
    const query = {
      count: num,
      includesUnknown: include === 'unknown',
      ...(domain === undefined ? {} : { domain }),
    };
    const checks = await manager.lastChecks(query, request.signal);
    const answer = checks.map(({ id, atMs, domain, status }) => ({
      id,
      timestamp: formatTimestamp(atMs),
      domain,
      status: toContractStatus(status),
    }));
    return sendJson(request, reply, JSON.stringify(answer));
  });

  scope.get('/api/v1/monitor/results', results, async (request, reply) => {
    const { domain, num = DEFAULT_NUM } = request.query;
    const query = { count: num, includesUnknown: true, ...(domain === undefined ? {} : { domain }) };
    const found = await manager.lastChecks(query, request.signal);
    return sendJson(request, reply, JSON.stringify(found.map(toResultAnswer)));
  });
}

/** A target that warns works: the contract has no other word for it. */
function toContractStatus(status: CheckStatus): 'pass' | 'fail' | 'unknown' {
  return status === 'warn' ? 'pass' : status;
}
