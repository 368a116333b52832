import type { MonitorManager } from '../../../monitor-manager.ts';
import { operation, type MonitorScope } from '../monitor-scope.ts';
import { errors, okOrKnown, ReadHeaders } from '../schema/answers.ts';
import { NoQuery, TargetList } from '../schema/target-schema.ts';
import { sendJson } from '../send-json.ts';
import { toTargetAnswer } from '../to-answers.ts';

const list = operation('ListTargets', {
  tags: ['targets'],
  summary: 'List the targets, and how each stands',
  headers: ReadHeaders,
  querystring: NoQuery,
  response: { ...okOrKnown(TargetList, 'The targets, by id.'), ...errors() },
});

export function addTargetRoutes(
  scope: MonitorScope,
  { manager }: { readonly manager: MonitorManager },
): void {
  scope.get('/api/v1/targets', list, async (request, reply) => {
    const targets = await manager.listTargets(request.signal);
    return sendJson(request, reply, JSON.stringify(targets.map(toTargetAnswer)));
  });
}
