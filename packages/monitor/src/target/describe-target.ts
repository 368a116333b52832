import { describeUrl } from '@daywatch/outbound';
import type { TargetDescription } from './target-leases.ts';
import type { TargetSettings } from './target-settings.ts';

/** What everybody may know of a target: of its URL neither credentials nor the query, where secrets may be. */
export function describeTarget(settings: TargetSettings): TargetDescription {
  const { id, domain, kind, url, intervalMs, timeoutMs } = settings;
  return { id, domain, kind, url: describeUrl(url), intervalMs, timeoutMs };
}
