/**
 * Where a run is. It only goes forward; a failure or a signal leads from anywhere to `cleaning`.
 *
 *   connecting ─► sweeping ─► preparing ─► starting ─► testing ─► cleaning ─► ended
 *        │            │           │            │           │          ▲
 *        └────────────┴───────────┴────────────┴───────────┴──────────┘
 *
 * Nothing is made before `preparing`. What is made carries the run's label before anybody learns of it, and `cleaning`
 * begins only once no request that makes something is in flight, so it finds everything.
 */
export type RunState =
  /** Is there an engine? */
  | 'connecting'
  /** Removing what killed runs have left. */
  | 'sweeping'
  /** Pulling and building images. */
  | 'preparing'
  /** Network, volumes and containers, group by group, each waited for. */
  | 'starting'
  | 'testing'
  | 'cleaning'
  | 'ended';
