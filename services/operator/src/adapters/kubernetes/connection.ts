import { HttpMethod, RequestContext, type KubeConfig } from '@kubernetes/client-node';
import { Agent, type Dispatcher } from 'undici';

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With its query. */
  readonly path: string;
  readonly body?: object;
  readonly contentType?: string;
  readonly signal: AbortSignal;
}

export interface Answer {
  readonly status: number;
  readonly retryAfterMs: number | undefined;
  readonly body: Dispatcher.ResponseData['body'];
}

/** Requests to one API server, over connections that are kept. */
export interface Connection extends AsyncDisposable {
  readonly send: (call: Call) => Promise<Answer>;
}

/** Certificates on the disk are changed long before they run out: connections of a new agent see the new ones. */
const AGENT_AGE_MS = 10 * 60_000;

/**
 * The library reads the kubeconfig and says who is asking, tokens that are changed on the disk included. It would
 * make a new agent, and with it a new TLS connection, for every request: one of them is kept here instead.
 */
export function openConnection(config: KubeConfig): Connection {
  const server = config.getCurrentCluster()?.server ?? '';
  const plain = new Agent();
  let kept: { readonly dispatcher: Dispatcher; readonly sinceMs: number } | undefined;

  function keep(offered: Dispatcher | undefined): Dispatcher {
    if (offered === undefined) return plain;
    if (kept !== undefined && performance.now() - kept.sinceMs < AGENT_AGE_MS) return kept.dispatcher;
    // Watches on the old one end by themselves, within minutes.
    kept?.dispatcher.close().catch(() => undefined);
    kept = { dispatcher: offered, sinceMs: performance.now() };
    return offered;
  }

  return {
    async send({ method, path, body, contentType = 'application/json', signal }) {
      const url = new URL(server.replace(/\/$/, '') + path);
      const context = new RequestContext(url.href, HttpMethod.GET);
      await config.applySecurityAuthentication(context);
      // The types of the library are those of its own copy of the same undici.
      const dispatcher = keep(context.getDispatcher());
      const answer = await dispatcher.request({
        origin: url.origin,
        path: url.pathname + url.search,
        method,
        headers: {
          ...context.getHeaders(),
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': contentType }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal,
        // Whoever watches looks after that itself.
        bodyTimeout: 0,
      });
      return {
        status: answer.statusCode,
        retryAfterMs: readRetryAfter(answer.headers['retry-after']),
        body: answer.body,
      };
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([plain.destroy(), kept?.dispatcher.destroy()]);
    },
  };
}

function readRetryAfter(header: string | string[] | undefined): number | undefined {
  const seconds = Number(Array.isArray(header) ? header[0] : header);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}
