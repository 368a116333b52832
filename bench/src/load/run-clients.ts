/** What a round of load came to. */
export interface Load {
  readonly calls: number;
  readonly failed: number;
  readonly seconds: number;
  readonly perSecond: number;
}

/**
 * Runs clients side by side for a while; each makes one call after the other.
 * @param call makes one call of one client and says whether it succeeded.
 */
export async function runClients(
  clients: number,
  seconds: number,
  call: (client: number, turn: number) => Promise<boolean>,
): Promise<Load> {
  const started = performance.now();
  const until = started + seconds * 1000;
  let calls = 0;
  let failed = 0;
  const runClient = async (client: number): Promise<void> => {
    for (let turn = 0; performance.now() < until; turn++) {
      if (!(await call(client, turn))) failed++;
      calls++;
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, client) => runClient(client)));
  const took = (performance.now() - started) / 1000;
  return { calls, failed, seconds: took, perSecond: calls / took };
}
