import type { IncomingMessage, Server, ServerResponse } from 'node:http';

export interface HttpDrain {
  /** From now on every answer ends its connection, and connections without a request are closed. */
  readonly begin: () => void;
  /** Stops the server's watch for slow clients. */
  readonly end: () => void;
}

/** Prepares an HTTP/1.1 server to be emptied in good order; to be called before the first request. */
export function drainHttp(server: Server): HttpDrain {
  const answers = new Set<ServerResponse>();
  let isDraining = false;

  // Before the handler, which may answer at once.
  server.prependListener('request', (_: IncomingMessage, answer: ServerResponse) => {
    if (isDraining) answer.setHeader('connection', 'close');
    answers.add(answer);
    answer.once('close', () => {
      answers.delete(answer);
      // An answer that had begun before could not announce the end any more.
      if (isDraining) setImmediate(() => server.closeIdleConnections());
    });
  });
  return {
    begin: () => {
      isDraining = true;
      for (const answer of answers) if (!answer.headersSent) answer.setHeader('connection', 'close');
      server.closeIdleConnections();
    },
    end: () => {
      // It never listened, so this says that it was not running, and that is well.
      server.close(() => {});
    },
  };
}
