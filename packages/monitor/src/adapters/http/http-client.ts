import { printExposition, ScrapeParser } from '@daywatch/exposition';
import { OutboundError, type OutboundClient, type WholeResponse } from '@daywatch/outbound';
import type { Checkable, HealthFinding, MetricsFinding } from '../../check/checkable.ts';
import { judgeAnswer, type HttpExpectation } from '../../check/http-expectation.ts';
import { makeHttpMetrics } from '../../check/http-metrics.ts';
import { DEFAULT_ENDPOINT, type Endpoint } from '../../target/endpoint.ts';
import { hostOf } from '../../target/host-of.ts';

export interface HttpClientOptions {
  readonly id: string;
  /** Any full URL; a plain GET is sent to it. */
  readonly url: string;
  readonly outbound: OutboundClient;
  readonly timeoutMs: number;
  /** The label `domain` of what it measures; by default the host of the URL, with its port. */
  readonly domain?: string;
  readonly expectation?: HttpExpectation;
  readonly endpoint?: Endpoint;
  /** Milliseconds since 1970, for the expiry of certificates. */
  readonly now: () => number;
}

/** A target that is only asked whether it answers as expected; the check itself makes the metrics. */
export function createHttpClient(options: HttpClientOptions): Checkable {
  const { id, url, outbound, timeoutMs, expectation = {}, endpoint = DEFAULT_ENDPOINT, now } = options;
  const { domain = hostOf(url) } = options;
  const { headers, secretHeaders, maxBodyBytes, tls } = endpoint;
  const request = { url, headers, secretHeaders, timeoutMs, maxBodyBytes, ...(tls ? { tls } : {}) };
  const parser = new ScrapeParser();
  const running = new WeakMap<AbortSignal, Promise<WholeResponse>>();

  /** Health and metrics are found out by one request. */
  function ask(signal: AbortSignal): Promise<WholeResponse> {
    const known = running.get(signal);
    if (known !== undefined) return known;
    const begun = outbound.fetch(request, signal);
    running.set(signal, begun);
    return begun;
  }

  async function health(signal: AbortSignal): Promise<HealthFinding> {
    const { status, body, timings, certificate } = await ask(signal);
    const answer = {
      status,
      // Only a check that looks for text pays for making one of the body.
      body: expectation.bodyText === undefined ? '' : Buffer.from(body).toString('utf8'),
      durationMs: timings.totalMs,
      ...(certificate ? { certificateValidToMs: certificate.validToMs } : {}),
    };
    return judgeAnswer(answer, expectation, now());
  }

  async function metrics(signal: AbortSignal): Promise<MetricsFinding> {
    const answer = await measure(signal);
    const text = printExposition(makeHttpMetrics({ domain, answer }));
    return { isUp: answer !== undefined, scrape: parser.parse(new TextEncoder().encode(text), 'text') };
  }

  /** No answer is a measurement too; that the checker broke the request off is none. */
  async function measure(
    signal: AbortSignal,
  ): Promise<{ code: number; durationSeconds: number } | undefined> {
    try {
      const { status, timings } = await ask(signal);
      return { code: status, durationSeconds: timings.totalMs / 1000 };
    } catch (error) {
      if (error instanceof OutboundError) return undefined;
      throw error;
    }
  }

  return { id, health, metrics };
}
