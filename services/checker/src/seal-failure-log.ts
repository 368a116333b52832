import type { SealFailure } from '@daywatch/series';
import type { Logger } from '@daywatch/service-kit/log';

/** A source whose blocks cannot be merged is only tried when it has scrapes to be sealed. */
const FORGET_AFTER_MS = 60 * 60_000;
/** Sources in one line: a full disk is the trouble of hundreds at once. */
const MAX_NAMED = 10;

/** Tells of each source that cannot be sealed once: again only for another reason, or when it was well for an hour. */
export function createSealFailureLog(logger: Logger): (failures: readonly SealFailure[]) => void {
  const told = new Map<string, { readonly reason: string; readonly lastMs: number }>();
  return (failures) => {
    const nowMs = performance.now();
    const news: string[] = [];
    for (const { source, error } of failures) {
      if (told.get(source)?.reason !== error.message) news.push(`${source}: ${error.message}`);
      told.set(source, { reason: error.message, lastMs: nowMs });
    }
    for (const [source, { lastMs }] of told) if (nowMs - lastMs > FORGET_AFTER_MS) told.delete(source);
    if (news.length === 0) return;
    const fields = { count: news.length, sources: news.slice(0, MAX_NAMED) };
    logger.warn(fields, 'sources cannot be packed into blocks: what they have stays as it is');
  };
}
