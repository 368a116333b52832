import type { SendOutcome } from '../../channel/channel.ts';

/** A receiver may ask us to wait, but not for ever. */
const MAX_RETRY_AFTER_MS = 60 * 60_000;
const TEMPORARY = new Set([408, 425, 429]);

/**
 * What an answer says about a notification. @param retryAfter the header, in seconds or as a date (RFC 9110 section
 * 10.2.3). @param nowMs to read a date by
 */
export function judgeAnswer(status: number, retryAfter: string | undefined, nowMs: number): SendOutcome {
  if (status >= 200 && status < 300) return { kind: 'delivered' };
  const reason = `the receiver answered ${status}`;
  if (status >= 300 && status < 400) {
    return { kind: 'refused', reason: `${reason}; of redirects only 307 and 308 are followed` };
  }
  if (status < 500 && !TEMPORARY.has(status)) return { kind: 'refused', reason };
  const afterMs = readRetryAfter(retryAfter, nowMs);
  return { kind: 'retry', reason, ...(afterMs !== undefined && { afterMs }) };
}

function readRetryAfter(text: string | undefined, nowMs: number): number | undefined {
  if (text === undefined) return undefined;
  const waitMs = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs;
  if (Number.isNaN(waitMs)) return undefined;
  return Math.min(MAX_RETRY_AFTER_MS, Math.max(0, waitMs));
}
