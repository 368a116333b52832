import { request as httpRequest, type Agent, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

import type { TlsOptions } from '../../tls.ts';
import { bareHost } from '../../url/parse-target.ts';
import type { RequestClock } from './request-clock.ts';
import { toOutboundError } from './to-outbound-error.ts';

const MAX_HEADER_BYTES = 32 * 1024;

/** One request to one place, redirects apart. */
export interface Hop {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | undefined;
  readonly tls: TlsOptions;
}

/** What the connections of a client have in common. */
export interface Connections {
  readonly agents: { readonly http: Agent; readonly https: Agent };
  readonly lookup: LookupFunction;
}

export interface Answer {
  readonly message: IncomingMessage;
  readonly socket: Socket;
}

/** Sends one request and resolves with the head of its answer. @throws OutboundError, or the reason of the clock */
export async function exchange(hop: Hop, connections: Connections, clock: RequestClock): Promise<Answer> {
  for (;;) {
    clock.restart();
    clock.signal.throwIfAborted();
    const request = send(hop, connections);
    try {
      return await receive(request, isIP(bareHost(hop.url)) === 0, clock);
    } catch (error) {
      if (clock.signal.aborted) throw clock.signal.reason;
      // The server closed a connection that had been kept while this request was on its way. A request that may
      // be sent twice goes over another one; each such failure uses up one kept connection, so this ends.
      const mayBeSentAgain = hop.method === 'GET' || hop.method === 'HEAD';
      if (request.reusedSocket && clock.step === 'answer' && mayBeSentAgain) continue;
      throw toOutboundError(error, clock.step, hop.url.host);
    }
  }
}

function send({ url, method, headers, body, tls }: Hop, { agents, lookup }: Connections): ClientRequest {
  const common = {
    hostname: bareHost(url),
    port: url.port,
    path: url.pathname + url.search,
    method,
    headers: { ...headers, ...(body && { 'content-length': String(body.byteLength) }) },
    lookup,
    maxHeaderSize: MAX_HEADER_BYTES,
  };
  const request =
    url.protocol === 'https:'
      ? httpsRequest({ ...common, ...toNodeTls(tls), agent: agents.https })
      : httpRequest({ ...common, agent: agents.http });
  request.end(body);
  return request;
}

function receive(request: ClientRequest, isNamed: boolean, clock: RequestClock): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const onAbort = (): void => {
    request.destroy();
    reject(clock.signal.reason);
  };
  clock.signal.addEventListener('abort', onAbort, { once: true });
  request.on('socket', (socket) => watchSteps(socket, isNamed, clock));
  request.on('response', (message) => {
    clock.enter('body');
    const { socket } = message;
    resolve({ message, socket });
  });
  request.on('error', reject);
  // An answer of 101 is none that was asked for; without a listener Node would wait for another.
  request.on('upgrade', (_, socket) => socket.destroy());
  request.on('close', () => reject(new Error('the connection was closed before the answer')));
  return promise.finally(() => clock.signal.removeEventListener('abort', onAbort));
}

function watchSteps(socket: Socket, isNamed: boolean, clock: RequestClock): void {
  if (!socket.connecting) return clock.enter('answer');
  clock.enter(isNamed ? 'address' : 'connect');
  const isTls = socket instanceof TLSSocket;
  if (isNamed) socket.once('lookup', () => clock.enter('connect'));
  socket.once('connect', () => clock.enter(isTls ? 'tls' : 'answer'));
  socket.once('secureConnect', () => clock.enter('answer'));
}

function toNodeTls(tls: TlsOptions): object {
  return {
    rejectUnauthorized: tls.insecure !== true,
    ...(tls.ca !== undefined && { ca: tls.ca }),
    ...(tls.serverName !== undefined && { servername: tls.serverName }),
    ...(tls.clientCertificate && { cert: tls.clientCertificate.certificate, key: tls.clientCertificate.key }),
  };
}
