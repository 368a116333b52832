/** Tells the log when the broker goes away and comes back: one line per change, however many notice it. */
export interface BrokerState {
  /** @param who notices it; each one that lost it has to reach it again. */
  lost(who: string, error: unknown): void;
  reached(who: string): void;
}

export function createBrokerState(log: (line: string) => void): BrokerState {
  const away = new Set<string>();
  return {
    lost(who, error) {
      if (away.size === 0) log(`RabbitMQ is away: ${describe(error)}; trying until it is back`);
      away.add(who);
    },
    reached(who) {
      if (away.delete(who) && away.size === 0) log('RabbitMQ is back');
    },
  };
}

function describe(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(describe).join('; ');
  return error instanceof Error ? error.message : String(error);
}
