/** What a route says about itself in its `config`. */
export interface RouteConfig {
  /** The name of the API method, for metrics: one of a bounded set. */
  readonly operation?: string;
  /** Answered also when the process is busy: health and metrics. */
  readonly isUnlimited?: boolean;
}

declare module 'fastify' {
  interface FastifyContextConfig extends RouteConfig {}
}
