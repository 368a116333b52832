import {
  DEFAULT_LIMITS,
  formatAccept,
  parseContentType,
  ScrapeParser,
  type ExpositionLimits,
  type ScrapeProtocol,
} from '@daywatch/exposition';
import type { OutboundClient, WholeResponse } from '@daywatch/outbound';
import type { Checkable, HealthFinding, MetricsFinding } from '../../check/checkable.ts';
import { readHealthBody } from '../../check/read-health-body.ts';
import { DEFAULT_ENDPOINT, type Endpoint } from '../../target/endpoint.ts';

export interface PrometheusClientOptions {
  readonly id: string;
  /** `http://localhost:8000`; the paths are added to it. */
  readonly baseUrl: string;
  readonly outbound: OutboundClient;
  /** How long a request may take; the checker's own time limit is behind it. */
  readonly timeoutMs: number;
  /** By default `/metrics`. */
  readonly metricsPath?: string;
  /** By default `/health`. Without one (undefined), health is whether the metrics can be read: most exporters have no more. */
  readonly healthPath?: string | undefined;
  readonly endpoint?: Endpoint;
  readonly limits?: ExpositionLimits;
  /** In order of preference; by default all that Prometheus asks for. */
  readonly protocols?: readonly ScrapeProtocol[];
  /**
   * How a text is read whose Content-Type is missing or unknown. By default Prometheus text: what is something
   * else cannot be read as that, and says so.
   */
  readonly fallbackProtocol?: ScrapeProtocol;
}

const MAX_HEALTH_BYTES = 2 ** 20;

/** A target that exposes metrics and health, such as gometr: `<base>/metrics` and `<base>/health`. */
export function createPrometheusClient(options: PrometheusClientOptions): Checkable {
  const { id, outbound, timeoutMs, endpoint = DEFAULT_ENDPOINT, limits = DEFAULT_LIMITS } = options;
  const healthPath = 'healthPath' in options ? options.healthPath : '/health';
  const metricsUrl = joinUrl(options.baseUrl, options.metricsPath ?? '/metrics');
  const parser = new ScrapeParser({ limits });
  const scrapeHeaders = {
    ...endpoint.headers,
    accept: formatAccept(options.protocols),
    'x-prometheus-scrape-timeout-seconds': String(timeoutMs / 1000),
  };
  const { secretHeaders, tls } = endpoint;
  const request = { secretHeaders, timeoutMs, ...(tls ? { tls } : {}) };
  const running = new WeakMap<AbortSignal, Promise<MetricsFinding>>();

  async function scrape(signal: AbortSignal): Promise<MetricsFinding> {
    const maxBodyBytes = Math.min(endpoint.maxBodyBytes, limits.maxBytes);
    const answer = await outbound.fetch(
      { ...request, url: metricsUrl, headers: scrapeHeaders, maxBodyBytes },
      signal,
    );
    if (answer.status !== 200) throw new Error(`the metrics were answered with the status ${answer.status}`);
    const type = parseContentType(
      answer.headers['content-type'],
      options.fallbackProtocol ?? 'PrometheusText0.0.4',
    );
    if (type.kind === 'unknown') throw new Error(type.problem);
    return { isUp: true, scrape: parser.parse(answer.body, type.format) };
  }

  /** Health may ask for the metrics too: one request serves both. */
  function metrics(signal: AbortSignal): Promise<MetricsFinding> {
    const known = running.get(signal);
    if (known !== undefined) return known;
    const begun = scrape(signal);
    running.set(signal, begun);
    return begun;
  }

  async function health(signal: AbortSignal): Promise<HealthFinding> {
    if (healthPath === undefined) {
      await metrics(signal);
      return { status: 'pass' };
    }
    const url = joinUrl(options.baseUrl, healthPath);
    const headers = {
      ...endpoint.headers,
      accept: 'application/health+json, application/json;q=0.9, */*;q=0.1',
    };
    return judgeHealth(
      await outbound.fetch({ ...request, url, headers, maxBodyBytes: MAX_HEALTH_BYTES }, signal),
    );
  }

  return { id, health, metrics };
}

/** The HTTP status decides first, then the body. */
function judgeHealth({ status, body }: WholeResponse): HealthFinding {
  const said = readHealthBody(Buffer.from(body).toString('utf8'));
  if (status >= 200 && status < 300) return said ?? { status: 'pass' };
  const why = said?.status === 'pass' || said?.reason === undefined ? '' : `, and ${said.reason}`;
  return { status: 'fail', reason: `its health was answered with the status ${status}${why}` };
}

/** The path of the base stays: `http://host/gometr` and `/metrics` are `http://host/gometr/metrics`. */
function joinUrl(base: string, path: string): string {
  return `${base.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
}
