import { OutboundError } from '../../errors.ts';
import type { Fence } from '../../fence/fence.ts';
import type {
  OutboundClient,
  OutboundRequest,
  OutboundResponse,
  WholeResponse,
} from '../../outbound-client.ts';
import { parseTarget } from '../../url/parse-target.ts';
import { AgingAgent } from './aging-agent.ts';
import { ACCEPTED_ENCODINGS } from './decode-body.ts';
import { exchange, type Answer, type Connections, type Hop } from './exchange.ts';
import { createGuardedLookup, type Resolve } from './guarded-lookup.ts';
import { nextHop } from './next-hop.ts';
import { readBody } from './read-body.ts';
import { readCertificate } from './read-certificate.ts';
import { ReadingAgent } from './reading-agent.ts';
import { RequestClock } from './request-clock.ts';
import { resolveBySystem } from './resolve-by-system.ts';

export interface OutboundClientOptions {
  readonly fence: Fence;
  /** Default `Daywatch`. */
  readonly userAgent?: string;
  /** Default: as the system resolves names. */
  readonly resolve?: Resolve;
  /** Connections to one origin at a time; further requests wait. Default 32. */
  readonly maxConnectionsPerOrigin?: number;
  /** Of these, so many stay open while nothing is asked, for half a minute. Default 8. */
  readonly maxIdleConnectionsPerOrigin?: number;
  /** A TLS connection that is this old when a request ends is not used again. Default two minutes. */
  readonly maxTlsConnectionAgeMs?: number;
}

const DEFAULT_TIMEOUT_MS = 10_000;
const DEFAULT_MAX_BODY_BYTES = 10 * 1024 * 1024;
const DEFAULT_MAX_REDIRECTS = 5;
const IDLE_MS = 30_000;
const DEFAULT_MAX_TLS_AGE_MS = 120_000;

/** Makes a client on node:http. A proxy of the environment is not used: what it would connect to escapes the fence. */
export function createOutboundClient(options: OutboundClientOptions): OutboundClient {
  const { fence, userAgent = 'Daywatch' } = options;
  const agentOptions = {
    keepAlive: true,
    maxSockets: options.maxConnectionsPerOrigin ?? 32,
    maxFreeSockets: options.maxIdleConnectionsPerOrigin ?? 8,
    timeout: IDLE_MS,
    // A session that is taken up again shows no certificate of today.
    maxCachedSessions: 0,
  };
  const connections: Connections = {
    agents: {
      http: new ReadingAgent(agentOptions),
      https: new AgingAgent(agentOptions, options.maxTlsConnectionAgeMs ?? DEFAULT_MAX_TLS_AGE_MS),
    },
    lookup: createGuardedLookup(fence, options.resolve ?? resolveBySystem),
  };
  const running = new Set<RequestClock>();
  let isClosed = false;

  async function open(request: OutboundRequest, signal?: AbortSignal): Promise<OutboundResponse> {
    if (isClosed) throw new OutboundError('connection_lost', 'the HTTP client is closed');
    const url = parseTarget(request.url, fence);
    const clock = new RequestClock(url.host, request.timeoutMs ?? DEFAULT_TIMEOUT_MS, signal);
    running.add(clock);
    const stop = (): void => {
      clock.stop();
      running.delete(clock);
    };
    try {
      return await follow(firstHop(request, url, userAgent), request, clock, stop);
    } catch (error) {
      stop();
      throw error;
    }
  }

  async function follow(
    first: Hop,
    request: OutboundRequest,
    clock: RequestClock,
    stop: () => void,
  ): Promise<OutboundResponse> {
    const maxRedirects = request.maxRedirects ?? DEFAULT_MAX_REDIRECTS;
    const secretNames = new Set(Object.keys(request.secretHeaders ?? {}).map((name) => name.toLowerCase()));
    let hop = first;
    for (let redirects = 0; ; redirects++) {
      const answer = await exchange(hop, connections, clock);
      try {
        const next = maxRedirects > 0 ? nextHop(hop, answer.message, secretNames, fence) : undefined;
        if (next === undefined) return toResponse(answer, hop, redirects, request, clock, stop);
        if (redirects === maxRedirects) {
          throw new OutboundError(
            'too_many_redirects',
            `${first.url.host} redirects more than ${maxRedirects} times, the last time to ${next.url.host}`,
          );
        }
        hop = next;
      } catch (error) {
        answer.message.destroy();
        throw error;
      }
      // Nobody reads the body of a redirect, which may be endless.
      answer.message.destroy();
    }
  }

  async function fetch(request: OutboundRequest, signal?: AbortSignal): Promise<WholeResponse> {
    await using response = await open(request, signal);
    const chunks: Uint8Array[] = [];
    for await (const chunk of response.body) chunks.push(chunk);
    const { status, headers, url, remoteAddress, redirects, certificate } = response;
    const [first] = chunks;
    const body = chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks);
    return { status, headers, url, remoteAddress, redirects, certificate, body, timings: response.timings() };
  }

  async function close(): Promise<void> {
    isClosed = true;
    for (const clock of running)
      clock.abort(new OutboundError('connection_lost', 'the HTTP client was closed'));
    connections.agents.http.destroy();
    connections.agents.https.destroy();
  }

  return { open, fetch, close, [Symbol.asyncDispose]: close };
}

function firstHop(request: OutboundRequest, url: URL, userAgent: string): Hop {
  const { method = 'GET', body, tls = {} } = request;
  const given = Object.entries({ ...request.headers, ...request.secretHeaders });
  const headers = {
    'user-agent': userAgent,
    'accept-encoding': ACCEPTED_ENCODINGS,
    ...Object.fromEntries(given.map(([name, value]) => [name.toLowerCase(), value])),
  };
  return { url, method, headers, body: typeof body === 'string' ? Buffer.from(body) : body, tls };
}

function toResponse(
  { message, socket }: Answer,
  { url, method }: Hop,
  redirects: number,
  request: OutboundRequest,
  clock: RequestClock,
  stop: () => void,
): OutboundResponse {
  const status = message.statusCode ?? 0;
  const hasBody = method !== 'HEAD' && status !== 204 && status !== 304;
  const maxBytes = request.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES;
  const body = readBody(message, { maxBytes, host: url.host, hasBody }, clock, stop);
  return {
    status,
    headers: joinHeaders(message.headers),
    url: url.href,
    remoteAddress: socket.remoteAddress ?? '',
    redirects,
    certificate: readCertificate(socket),
    body,
    timings: () => clock.timings(),
    async [Symbol.asyncDispose]() {
      stop();
      // A generator that was never begun does not run its end.
      if (!message.complete) message.destroy();
      await body.return();
    },
  };
}

function joinHeaders(headers: NodeJS.Dict<string | string[]>): Readonly<Record<string, string>> {
  const pairs = Object.entries(headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : (value ?? ''),
  ]);
  return Object.fromEntries(pairs) as Record<string, string>;
}
