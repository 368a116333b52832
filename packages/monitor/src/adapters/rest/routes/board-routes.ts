import type { MonitorManager } from '../../../monitor-manager.ts';
import { operation, type MonitorScope } from '../monitor-scope.ts';
import { errors, okOrKnown, ReadHeaders } from '../schema/answers.ts';
import { BoardAnswer, BoardQueryParameters } from '../schema/board-schema.ts';
import { sendJson } from '../send-json.ts';
import { toBoardAnswer } from '../to-answers.ts';

export interface BoardRouteOptions {
  readonly manager: MonitorManager;
  readonly now: () => number;
}

const DEFAULT_RECENT = 30;

const board = operation('GetBoard', {
  tags: ['board'],
  summary: 'See how everything stands, and how it was',
  headers: ReadHeaders,
  querystring: BoardQueryParameters,
  response: { ...okOrKnown(BoardAnswer, 'The board.'), ...errors() },
});

export function addBoardRoutes(scope: MonitorScope, { manager, now }: BoardRouteOptions): void {
  scope.get('/api/v1/monitor/board', board, async (request, reply) => {
    const { period = '24h', domain, recent = DEFAULT_RECENT } = request.query;
    const query = { period, recent, nowMs: now(), ...(domain === undefined ? {} : { domain }) };
    const made = await manager.makeBoard(query, request.signal);
    return sendJson(request, reply, JSON.stringify(toBoardAnswer(period, made)));
  });
}
