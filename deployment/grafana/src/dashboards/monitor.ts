import { RowBuilder, type Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { choice, openDashboard } from '../dashboard-builder.ts';
import { graph, stat } from '../panels.ts';

const CHOSEN = 'instance=~"$instance"';
const CHECKS = `sum(rate(monitor_checks_total{${CHOSEN}}[$__rate_interval]))`;
const FAILURES = `sum(rate(monitor_checks_total{${CHOSEN}, status=~"fail|unknown"}[$__rate_interval]))`;
const SAMPLES = `sum(rate(monitor_samples_written_total{${CHOSEN}}[$__rate_interval]))`;
/** Over an hour: sealing comes in bursts. What merging has replaced does not count twice. */
const BYTES_PER_SAMPLE = `(sum(increase(monitor_block_bytes_written_total{${CHOSEN}}[1h])) - sum(increase(monitor_block_bytes_replaced_total{${CHOSEN}}[1h]))) / (sum(increase(monitor_samples_sealed_total{${CHOSEN}}[1h])) > 0)`;

/** What the monitor reads and keeps, and how the processes are that all of this runs in. */
export function makeMonitorDashboard(): Dashboard {
  return openDashboard({
    title: 'Monitor',
    uid: 'daywatch-monitor',
    description: 'What the checkers read and what it takes to keep it, and how all processes are.',
  })
    .withVariable(
      choice({
        name: 'instance',
        label: 'Checker',
        query: 'label_values(monitor_checks_total, instance)',
      }),
    )
    .withRow(new RowBuilder('At a glance'))
    .withPanel(
      stat({
        title: 'Scrapes per second',
        description: 'Checks of targets that have ended; those of targets with metrics read these too.',
        unit: 'cps',
        width: 5,
        queries: [{ expr: CHECKS, legend: 'scrapes' }],
      }),
    )
    .withPanel(
      stat({
        title: 'Failures',
        description:
          'The share of checks that failed, or could not be made. It tells of the targets, not of the monitor.',
        unit: 'percentunit',
        width: 5,
        warnFrom: 0.01,
        badFrom: 0.1,
        queries: [{ expr: `${FAILURES} / (${CHECKS} > 0)`, legend: 'share' }],
      }),
    )
    .withPanel(
      stat({
        title: 'Samples per second',
        description: 'Samples that are in the database.',
        unit: 'cps',
        width: 5,
        queries: [{ expr: SAMPLES, legend: 'samples' }],
      }),
    )
    .withPanel(
      stat({
        title: 'Bytes per sample',
        description:
          'Of what was packed into blocks in the last hour: the data alone, without rows and indexes. No data until something was packed.',
        unit: 'short',
        width: 5,
        decimals: 2,
        queries: [{ expr: BYTES_PER_SAMPLE, legend: 'bytes' }],
      }),
    )
    .withPanel(
      stat({
        title: 'Targets',
        description: 'That some checker watches.',
        unit: 'short',
        width: 4,
        queries: [{ expr: `sum(monitor_targets_watched{${CHOSEN}})`, legend: 'watched' }],
      }),
    )
    .withRow(new RowBuilder('Scrapes'))
    .withPanel(
      graph({
        title: 'Scrapes per second, by what came of them',
        description:
          'Unknown is what could not be checked, such as while the database of the checker is away.',
        unit: 'cps',
        width: 12,
        isStacked: true,
        queries: [
          {
            expr: `sum by (status) (rate(monitor_checks_total{${CHOSEN}}[$__rate_interval]))`,
            legend: '{{status}}',
          },
        ],
        colors: { pass: 'green', warn: 'yellow', fail: 'red', unknown: 'text' },
      }),
    )
    .withPanel(
      graph({
        title: 'Failures per second',
        description:
          'Checks that failed or could not be made, and checks that were left out because the one before still ran.',
        unit: 'cps',
        width: 12,
        queries: [
          {
            expr: `sum by (status) (rate(monitor_checks_total{${CHOSEN}, status=~"fail|unknown"}[$__rate_interval]))`,
            legend: '{{status}}',
          },
          {
            expr: `sum(clamp_min(deriv(monitor_checks_skipped{${CHOSEN}}[$__rate_interval]), 0))`,
            legend: 'left out',
          },
        ],
        colors: { fail: 'red', unknown: 'text', 'left out': 'orange' },
      }),
    )
    .withPanel(
      graph({
        title: 'How late checks begin',
        description:
          'After their time. Over half a second (p99) for ten minutes is the alert ChecksDelayed: the checker has too much to do.',
        unit: 's',
        width: 12,
        badFrom: 0.5,
        queries: [0.5, 0.95, 0.99].map((share) => ({
          expr: `histogram_quantile(${share}, sum by (le) (rate(monitor_check_delay_seconds_bucket{${CHOSEN}}[$__rate_interval])))`,
          legend: `p${share * 100}`,
        })),
      }),
    )
    .withPanel(
      graph({
        title: 'Targets',
        description:
          'Watched, by checker, and how many stand in the configuration. Where together they watch fewer, that is the alert TargetsUnwatched.',
        unit: 'short',
        width: 12,
        queries: [
          {
            expr: `sum by (instance) (monitor_targets_watched{${CHOSEN}})`,
            legend: 'watched by {{instance}}',
          },
          { expr: `max(monitor_targets_configured{${CHOSEN}})`, legend: 'configured' },
        ],
      }),
    )
    .withRow(new RowBuilder('Samples'))
    .withPanel(
      graph({
        title: 'Samples per second',
        description:
          'Written to the database, packed into blocks, and refused: doubled ones, reserved names, times out of bounds.',
        unit: 'cps',
        width: 12,
        queries: [
          { expr: SAMPLES, legend: 'written' },
          {
            expr: `sum(rate(monitor_samples_sealed_total{${CHOSEN}}[$__rate_interval]))`,
            legend: 'packed',
          },
          {
            expr: `sum(rate(monitor_samples_refused_total{${CHOSEN}}[$__rate_interval]))`,
            legend: 'refused',
          },
        ],
        colors: { refused: 'red' },
      }),
    )
    .withPanel(
      graph({
        title: 'Bytes per sample',
        description:
          'Of what was packed into blocks within an hour: the data alone, without rows and indexes. Samples that hardly change take less.',
        unit: 'short',
        width: 12,
        queries: [{ expr: BYTES_PER_SAMPLE, legend: 'bytes' }],
      }),
    )
    .withPanel(
      graph({
        title: 'Waiting on the disk',
        description:
          'Results that the database does not take at the moment, by checker. Past spool.size they are lost.',
        unit: 'short',
        width: 8,
        queries: [{ expr: `sum by (instance) (monitor_spool_results{${CHOSEN}})`, legend: '{{instance}}' }],
      }),
    )
    .withPanel(
      graph({
        title: 'Lost',
        description: 'Results that were given up per second, by reason. There should be none.',
        unit: 'cps',
        width: 8,
        queries: [
          {
            expr: `sum by (reason) (rate(monitor_results_dropped_total{${CHOSEN}}[$__rate_interval]))`,
            legend: '{{reason}}',
          },
        ],
      }),
    )
    .withPanel(
      graph({
        title: 'Time to write',
        description: 'How long the database takes for a group of results.',
        unit: 's',
        width: 8,
        queries: [
          {
            expr: `sum(rate(monitor_writing_seconds_total{${CHOSEN}}[$__rate_interval])) / (sum(rate(monitor_writes_total{${CHOSEN}}[$__rate_interval])) > 0)`,
            legend: 'a group',
          },
        ],
      }),
    )
    .withRow(new RowBuilder('All processes'))
    .withPanel(
      graph({
        title: 'Who answers',
        description:
          '1 where Prometheus reads the metrics of a process, 0 where it cannot: the alert TargetDown.',
        unit: 'short',
        width: 8,
        max: 1,
        queries: [{ expr: 'min by (job) (up)', legend: '{{job}}' }],
      }),
    )
    .withPanel(
      graph({
        title: 'CPU',
        description: 'Cores in use, by process.',
        unit: 'short',
        width: 8,
        queries: [
          { expr: 'sum by (job) (rate(process_cpu_seconds_total[$__rate_interval]))', legend: '{{job}}' },
        ],
      }),
    )
    .withPanel(
      graph({
        title: 'Memory',
        description: 'Resident memory, by process. A rise of days without an end is a leak.',
        unit: 'bytes',
        width: 8,
        queries: [{ expr: 'sum by (job) (process_resident_memory_bytes)', legend: '{{job}}' }],
      }),
    )
    .build();
}
