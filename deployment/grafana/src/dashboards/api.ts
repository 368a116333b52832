import { RowBuilder, type Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { choice, openDashboard } from '../dashboard-builder.ts';
import { graph, stat, type GraphOptions, type Query } from '../panels.ts';

const CHOSEN = 'job=~"$job", instance=~"$instance"';
/** What people and programs ask, not what processes ask each other. */
const ASKED = `${CHOSEN}, method!~"Health.*|Metrics"`;
/** Streams last as long as somebody looks: their time says nothing. */
const ANSWERED_AT_ONCE = `${CHOSEN}, method!~"Health.*|Metrics|(.*/)?Watch.*|ServerReflection.*|ForwardToMonitor"`;
const SERVER_ERROR = 'code=~"5..|INTERNAL|UNAVAILABLE|UNKNOWN|DATA_LOSS|DEADLINE_EXCEEDED"';
const NO_SUCCESS = 'code!~"[123]..|OK"';

const REQUESTS = `sum(rate(api_requests_total{${ASKED}}[$__rate_interval]))`;

/** What the two APIs are asked and answer. */
export function makeApiDashboard(): Dashboard {
  return openDashboard({
    title: 'API',
    uid: 'daywatch-api',
    description:
      'What the APIs of the calendar and of the monitor are asked, how soon they answer, and what goes wrong.',
  })
    .withVariable(
      choice({
        name: 'job',
        label: 'Process',
        query: 'label_values(api_requests_total{method!~"Health.*|Metrics|unknown"}, job)',
        first: 'calendar-api',
      }),
    )
    .withVariable(
      choice({
        name: 'instance',
        label: 'Instance',
        query: 'label_values(api_requests_total{job=~"$job"}, instance)',
      }),
    )
    .withRow(new RowBuilder('At a glance'))
    .withPanel(
      stat({
        title: 'Requests per second',
        description: 'All methods together, without health checks and metrics.',
        unit: 'reqps',
        width: 5,
        queries: [{ expr: REQUESTS, legend: 'requests' }],
      }),
    )
    .withPanel(
      stat({
        title: 'Errors of the server',
        description:
          'The share of requests that the server owed an answer: 5xx, and the gRPC statuses like them. Over 5 % for five minutes is the alert ApiErrors.',
        unit: 'percentunit',
        width: 5,
        warnFrom: 0.01,
        badFrom: 0.05,
        queries: [
          {
            expr: `(sum(rate(api_requests_total{${ASKED}, ${SERVER_ERROR}}[$__rate_interval])) or vector(0)) / (${REQUESTS} > 0)`,
            legend: 'share',
          },
        ],
      }),
    )
    .withPanel(
      stat({
        title: 'Latency, p99',
        description: 'One request in a hundred takes longer. Streams are left out.',
        unit: 's',
        width: 5,
        warnFrom: 0.5,
        badFrom: 1,
        queries: [{ expr: quantile(0.99), legend: 'p99' }],
      }),
    )
    .withPanel(
      stat({
        title: 'In flight',
        description: 'Requests that are being worked on, open streams included.',
        unit: 'short',
        width: 5,
        queries: [{ expr: `sum(api_requests_in_flight{${ASKED}})`, legend: 'requests' }],
      }),
    )
    .withPanel(
      stat({
        title: 'Alerts that fire',
        description:
          'Of everything, not of the API alone. docs/alerts.md says what each means and what to do.',
        unit: 'short',
        width: 4,
        badFrom: 1,
        queries: [{ expr: 'count(ALERTS{alertstate="firing"}) or vector(0)', legend: 'alerts' }],
      }),
    )
    .withRow(new RowBuilder('Requests and latency, by method'))
    .withPanel(
      graph({
        title: 'Requests per second, by method',
        description: 'How often each method is called, over HTTP and gRPC.',
        unit: 'reqps',
        width: 12,
        queries: [
          {
            expr: `sum by (protocol, method) (rate(api_requests_total{${ASKED}}[$__rate_interval]))`,
            legend: '{{method}} {{protocol}}',
          },
        ],
      }),
    )
    .withPanel(latency('p50', 0.5, 'Half of the requests are answered sooner.'))
    .withPanel(latency('p95', 0.95, 'One request in twenty takes longer.'))
    .withPanel(
      latency(
        'p99',
        0.99,
        'One request in a hundred takes longer: over a second for ten minutes is the alert ApiSlow.',
      ),
    )
    .withRow(new RowBuilder('Error codes, by method'))
    .withPanel(
      graph({
        title: 'Answers per second, by code',
        description: 'HTTP statuses, and the names of gRPC statuses.',
        unit: 'reqps',
        width: 12,
        isStacked: true,
        queries: [
          {
            expr: `sum by (code) (rate(api_requests_total{${ASKED}}[$__rate_interval]))`,
            legend: '{{code}}',
          },
        ],
      }),
    )
    .withPanel(
      graph({
        title: 'Error codes per second, by method',
        description:
          'Every answer that is no success. 409 and FAILED_PRECONDITION are the calendar at work (the time is taken); 5xx and INTERNAL are not.',
        unit: 'reqps',
        width: 12,
        queries: [
          {
            expr: `sum by (method, code) (rate(api_requests_total{${ASKED}, ${NO_SUCCESS}}[$__rate_interval]))`,
            legend: '{{method}} {{code}}',
          },
        ],
      }),
    )
    .withRow(new RowBuilder('The process'))
    .withPanel(
      graph({
        title: 'Waiting for a place',
        description: 'Requests beyond limits.concurrent_requests, and open streams of changes.',
        unit: 'short',
        width: 8,
        queries: [
          {
            expr: `sum by (instance) (api_requests_waiting{instance=~"$instance"})`,
            legend: 'waiting at {{instance}}',
          },
          {
            expr: `sum by (instance) (api_streams{instance=~"$instance"})`,
            legend: 'streams of {{instance}}',
          },
        ],
      }),
    )
    .withPanel(
      graph({
        title: 'Connections to the database',
        description:
          'Of the pool of each process. Callers that wait for one all the time want a larger storage.connections.',
        unit: 'short',
        width: 8,
        queries: [
          { expr: `sum by (job, state) (database_connections{${CHOSEN}})`, legend: '{{job}} {{state}}' },
        ],
      }),
    )
    .withPanel(
      graph({
        title: 'CPU and event loop',
        description: 'Cores in use, and how long what is to run at once waits (p99).',
        unit: 'short',
        width: 8,
        queries: [
          {
            expr: `sum by (instance) (rate(process_cpu_seconds_total{${CHOSEN}}[$__rate_interval]))`,
            legend: 'cores of {{instance}}',
          },
          {
            expr: `max by (instance) (nodejs_eventloop_lag_p99_seconds{${CHOSEN}})`,
            legend: 'seconds of lag at {{instance}}',
          },
        ],
      }),
    )
    .build();
}

function quantile(share: number, by = ''): string {
  const labels = by === '' ? 'le' : `${by}, le`;
  const buckets = `rate(api_request_duration_seconds_bucket{${ANSWERED_AT_ONCE}}[$__rate_interval])`;
  return `histogram_quantile(${share}, sum by (${labels}) (${buckets}))`;
}

function latency(name: string, share: number, description: string): ReturnType<typeof graph> {
  const query: Query = { expr: quantile(share, 'protocol, method'), legend: '{{method}} {{protocol}}' };
  const options: GraphOptions = {
    title: `Latency ${name}, by method`,
    description: `${description} Streams are left out.`,
    unit: 's',
    width: 12,
    queries: [query],
    ...(share === 0.99 ? { badFrom: 1 } : {}),
  };
  return graph(options);
}
