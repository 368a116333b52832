import {
  request as requestHttp,
  type Agent as HttpAgent,
  type ClientRequest,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http';
import { request as requestHttps, type Agent as HttpsAgent } from 'node:https';
import { parseJson, type Answer } from '../../check/answer.ts';
import type { Target } from '../../check/caller.ts';
import type { Json } from '../../check/json-path.ts';
import type { HttpStep } from '../../file/test-file.ts';

export interface HttpAgents {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
}

const MAX_BODY_BYTES = 10 * 1024 * 1024;

class TooLargeError extends Error {
  override readonly name = 'TooLargeError';
}

/** Asks over HTTP, without following redirects: they are answers too. */
export async function callHttp(
  step: HttpStep,
  target: Target,
  agents: HttpAgents,
  signal: AbortSignal,
): Promise<Answer> {
  const url = toUrl(step.url, target);
  const isTls = url.protocol === 'https:';
  const at = target.reach(url.hostname.replaceAll(/^\[|\]$/g, ''), Number(url.port || (isTls ? 443 : 80)));
  const options = {
    ...at,
    method: step.method,
    path: `${url.pathname}${url.search}`,
    agent: isTls ? agents.https : agents.http,
    signal,
    ...(step.isInsecure && { rejectUnauthorized: false }),
  };
  for (;;) {
    const request = startRequest(options, isTls, url, step);
    try {
      return await readAnswer(await answerTo(request));
    } catch (error) {
      if (error instanceof TooLargeError) throw error;
      // A server may close a kept connection just as it is used again: whoever keeps connections has to ask anew.
      const wasClosed = request.reusedSocket && describeNetworkError(error) === 'ECONNRESET';
      if (!wasClosed)
        throw new Error(`no answer from ${at.host}:${at.port}: ${describeNetworkError(error)}`, {
          cause: error,
        });
    }
  }
}

function startRequest(
  options: RequestOptions,
  isTls: boolean,
  url: URL,
  { headers, body }: HttpStep,
): ClientRequest {
  const { bytes, type } = encodeBody(body);
  const named = Array.from(headers, ([name, value]) => [name.toLowerCase(), value] as const);
  const request = (isTls ? requestHttps : requestHttp)({
    ...options,
    headers: {
      host: url.host,
      ...(bytes && { 'content-length': bytes.length, ...(type && { 'content-type': type }) }),
      ...(url.username && { authorization: `Basic ${Buffer.from(credentialsOf(url)).toString('base64')}` }),
      ...Object.fromEntries(named),
    },
  });
  return request.end(bytes);
}

function answerTo(request: ClientRequest): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  request.once('response', resolve).once('error', reject);
  return promise;
}

function toUrl(written: string, { host, port }: Target): URL {
  if (/^https?:\/\//i.test(written)) return new URL(written);
  if (port === undefined)
    throw new Error(`'${written}' is no whole address, and no port is known to try it at`);
  const name = host.includes(':') ? `[${host}]` : host;
  return new URL(`http://${name}:${port}${written.startsWith('/') ? '' : '/'}${written}`);
}

function credentialsOf({ username, password }: URL): string {
  return `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
}

/** Text goes as it is; its type is guessed, since most of it is JSON. */
function encodeBody(body: Json | undefined): { readonly bytes?: Buffer; readonly type?: string } {
  if (body === undefined) return {};
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const isJson = typeof body !== 'string' || /^\s*[[{]/.test(text);
  return {
    bytes: Buffer.from(text),
    type: isJson && parseJson(text) !== undefined ? 'application/json' : 'text/plain; charset=utf-8',
  };
}

async function readAnswer(response: IncomingMessage): Promise<Answer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of response as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > MAX_BODY_BYTES)
      throw new TooLargeError('the answer is larger than 10 MiB, which is the most');
    pieces.push(piece);
  }
  const body = Buffer.concat(pieces).toString();
  const headers = Object.entries(response.headers).map(
    ([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')] as const,
  );
  return { status: String(response.statusCode), headers: new Map(headers), body, json: parseJson(body) };
}

/** `ECONNREFUSED` says more than the sentence around it. */
export function describeNetworkError(error: unknown): string {
  const { code, message } = error as { readonly code?: unknown; readonly message?: string };
  return typeof code === 'string' && /^E[A-Z_]+$/.test(code) ? code : (message ?? String(error));
}
