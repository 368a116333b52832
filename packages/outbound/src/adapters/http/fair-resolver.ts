import type { Resolve, ResolvedAddress } from './guarded-lookup.ts';

export interface FairResolverOptions {
  /** Lookups under way. Default 2: what Node's pool does at once as it comes, half of its threads. */
  readonly maxAtOnce?: number;
  /** Of these, for names that were slow the last time. Default 1. */
  readonly maxSlowAtOnce?: number;
  /** A lookup that takes longer makes its name a slow one, until one is quicker. Default 1,000. */
  readonly slowMs?: number;
}

interface Lookup {
  readonly hostname: string;
  readonly isSlow: boolean;
  readonly resolve: (answer: Promise<readonly ResolvedAddress[]>) => void;
}

/** Beyond this the oldest is forgotten, and finds out again. */
const MAX_SLOW_NAMES = 1000;

/**
 * A resolver that lets names wait for each other as little as it can. The system's works on few threads and takes no
 * lookup back: names that hang, asked again with every check, would keep all of them from all other names. So a name
 * whose lookup is under way is not asked for twice, and names that are known to be slow leave a thread to the others.
 */
export function createFairResolver(resolve: Resolve, options: FairResolverOptions = {}): Resolve {
  const { maxAtOnce = 2, maxSlowAtOnce = 1, slowMs = 1000 } = options;
  const answers = new Map<string, Promise<readonly ResolvedAddress[]>>();
  const waiting: Lookup[] = [];
  const waitingSlow: Lookup[] = [];
  const slowNames = new Set<string>();
  let running = 0;
  let runningSlow = 0;

  function begin(): void {
    while (running < maxAtOnce) {
      const lookup = waiting.shift() ?? (runningSlow < maxSlowAtOnce ? waitingSlow.shift() : undefined);
      if (lookup === undefined) return;
      lookup.resolve(run(lookup));
    }
  }

  async function run({ hostname, isSlow }: Lookup): Promise<readonly ResolvedAddress[]> {
    running++;
    if (isSlow) runningSlow++;
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      if (!isSlow) runningSlow++;
      remember(hostname);
    }, slowMs);
    try {
      return await resolve(hostname);
    } finally {
      clearTimeout(timer);
      running--;
      if (isSlow || isLate) runningSlow--;
      if (!isLate) slowNames.delete(hostname);
      answers.delete(hostname);
      begin();
    }
  }

  function remember(hostname: string): void {
    slowNames.add(hostname);
    const [oldest] = slowNames;
    if (slowNames.size > MAX_SLOW_NAMES && oldest !== undefined) slowNames.delete(oldest);
  }

  return (hostname) => {
    const underWay = answers.get(hostname);
    if (underWay !== undefined) return underWay;
    const { promise, resolve: settle } = Promise.withResolvers<readonly ResolvedAddress[]>();
    answers.set(hostname, promise);
    const isSlow = slowNames.has(hostname);
    (isSlow ? waitingSlow : waiting).push({ hostname, isSlow, resolve: settle });
    begin();
    return promise;
  };
}
