import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApiState } from '../api-state.ts';
import type { FaultPlan } from '../faults/faults.ts';
import { ApiError, modifiedMeanwhile } from '../object/api-error.ts';
import { authorize } from '../rbac/authorize.ts';
import { handleRequest, type ApiAnswer } from '../request/handle-request.ts';
import type { ApiRequest } from '../request/api-request.ts';
import type { RequestLog } from '../request/request-log.ts';
import { OPENAPI_V2_TYPE } from '../openapi/print-v2.ts';
import { storageKeyOf } from '../resource/resource-type.ts';
import { answerTable, wantsTable } from '../table/answer-table.ts';
import type { TokenBook } from './authenticate.ts';
import { parseRequest, toAttributes } from './parse-request.ts';
import { printList, printObject } from './print-object.ts';
import { readBody } from './read-body.ts';
import { serveStaticPath } from '../discovery/serve-static-path.ts';
import type { WatchHub } from './watch-hub.ts';

export interface HandlerParts {
  readonly state: ApiState;
  readonly tokens: TokenBook;
  readonly plan: FaultPlan;
  readonly log: RequestLog;
  readonly watches: WatchHub;
}

/** Answers one HTTP request: who asks, what for, whether that is allowed, what befalls it, what comes of it. */
export async function answerRequest(
  parts: HandlerParts,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { state, tokens, log } = parts;
  let request: ApiRequest | undefined;
  const before = state.store.revision;
  try {
    const { authorization, 'impersonate-user': impersonated } = message.headers;
    const user = tokens.identifyAs(authorization, impersonated?.toString());
    const url = new URL(message.url ?? '/', 'http://server');
    const body = await readBody(message);
    request = parseRequest({ message, url, body, user, registry: state.registry });
    if (request === undefined) {
      authorize(state, user, { path: url.pathname, verb: (message.method ?? 'GET').toLowerCase() });
      sendStatic(response, url.pathname, state);
      return;
    }
    authorize(state, user, toAttributes(request));
    await carryOut(parts, request, response);
  } catch (error) {
    const refusal = ApiError.from(error);
    if (!response.headersSent && !response.destroyed) sendError(response, refusal);
  } finally {
    if (request !== undefined) note(log, state, request, response, state.store.revision !== before);
  }
}

async function carryOut(parts: HandlerParts, request: ApiRequest, response: ServerResponse): Promise<void> {
  const { state, plan, watches } = parts;
  const { delayMs, refusal, loss } = plan.misfortuneOf(request);
  if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
  if (refusal !== undefined) throw refusal;
  if (loss === 'request') return void response.destroy();
  if (request.verb === 'watch') return watches.open(request, response);
  refuseByOrder(parts, request);
  const answer = handleRequest(state, request);
  if (loss === 'answer') return void response.destroy();
  sendAnswer(response, answer, request, state);
}

function refuseByOrder({ state, plan }: HandlerParts, request: ApiRequest): void {
  const { verb, resource, namespace, name = '' } = request;
  if (verb !== 'update' && verb !== 'patch') return;
  const isThere = state.store.get(storageKeyOf(resource), namespace, name) !== undefined;
  if (isThere && plan.isConflictOrdered(request)) throw modifiedMeanwhile(resource, name);
}

function sendStatic(response: ServerResponse, path: string, state: ApiState): void {
  const answer = serveStaticPath(path, state);
  if (Buffer.isBuffer(answer)) send(response, 200, answer, OPENAPI_V2_TYPE);
  else if (typeof answer === 'string') send(response, 200, answer, 'text/plain');
  else send(response, 200, JSON.stringify(answer));
}

function sendAnswer(response: ServerResponse, answer: ApiAnswer, request: ApiRequest, state: ApiState): void {
  switch (answer.kind) {
    case 'object':
      send(
        response,
        answer.code,
        wantsTable(request)
          ? JSON.stringify(answerTable([answer.object], request, state))
          : printObject(answer.object),
      );
      return;
    case 'list':
      send(
        response,
        200,
        wantsTable(request)
          ? JSON.stringify(answerTable(answer.list.items, request, state, answer.list))
          : printList(answer.list, request.resource),
      );
      return;
    case 'status':
      send(response, 200, JSON.stringify(answer.status));
      return;
    default:
      answer satisfies never;
  }
}

function sendError(response: ServerResponse, error: ApiError): void {
  const { retryAfterSeconds } = error.details;
  if (retryAfterSeconds !== undefined) response.setHeader('retry-after', String(retryAfterSeconds));
  send(response, error.code, JSON.stringify(error.toStatus()));
}

function send(
  response: ServerResponse,
  code: number,
  body: string | Buffer,
  type = 'application/json',
): void {
  response.writeHead(code, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

function note(
  log: RequestLog,
  { clock }: ApiState,
  request: ApiRequest,
  response: ServerResponse,
  isChange: boolean,
): void {
  const { verb, resource, subresource, namespace, name, user, userAgent, query } = request;
  const fieldManager = query.get('fieldManager');
  log.add({
    verb,
    group: resource.group,
    resource: resource.plural,
    ...(subresource !== undefined && { subresource }),
    ...(namespace !== undefined && { namespace }),
    ...(name !== undefined && { name }),
    username: user.username,
    userAgent,
    ...(fieldManager !== null && { fieldManager }),
    atMs: clock.now(),
    status: response.headersSent ? response.statusCode : 0,
    isChange: isChange && verb !== 'get' && verb !== 'list' && verb !== 'watch',
  });
}
