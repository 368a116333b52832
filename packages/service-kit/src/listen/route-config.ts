/** What a route says about itself in its `config`. */
export interface RouteConfig {
  /** The name of the API method, for metrics: one of a bounded set. */
  readonly operation?: string;
  /** Asked by machines again and again, as health and metrics are: its access lines are debug, unless it fails. */
  readonly isRoutine?: boolean;
  /** Answered also when the process is busy: health and metrics. */
  readonly isUnlimited?: boolean;
  /** Another deadline than `limits.request_timeout`; 0 for none, as for a stream that stays open. */
  readonly timeoutMs?: number;
}

declare module 'fastify' {
  interface FastifyContextConfig extends RouteConfig {}
}
