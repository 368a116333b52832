import { RowBuilder, type Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { choice, openDashboard } from '../dashboard-builder.ts';
import { graph, stat } from '../panels.ts';

const SENT = 'sum(rate(calendar_reminders_sent_total{channel=~"$channel"}[$__rate_interval]))';
const QUEUES = 'queue=~"daywatch\\\\..*"';

/** What becomes of a message in the hands of a sender: the counter, and what a line is called. */
const OUTCOMES = [
  ['sent', 'sent'],
  ['late', 'of those, late'],
  ['retried', 'failed, and tried again'],
  ['put_off', 'put off'],
  ['failed', 'failed for good'],
  ['skipped', 'skipped'],
  ['dead_lettered', 'dead letters'],
] as const;

const STAGES = ['claimed', 'published', 'confirmed', 'postponed', 'expired', 'unpublishable'] as const;

/** Whether reminders reach people, and when. */
export function makeRemindersDashboard(): Dashboard {
  return openDashboard({
    title: 'Reminders',
    uid: 'daywatch-reminders',
    description:
      'Whether reminders reach people in time: from the scheduler through the queue to the senders.',
  })
    .withVariable(
      choice({
        name: 'channel',
        label: 'Channel',
        query: 'label_values(calendar_reminders_sent_total, channel)',
      }),
    )
    .withRow(new RowBuilder('At a glance'))
    .withPanel(
      stat({
        title: 'Sent per second',
        description: 'Reminders that were delivered, late ones included.',
        unit: 'cps',
        width: 6,
        queries: [{ expr: SENT, legend: 'sent' }],
      }),
    )
    .withPanel(
      stat({
        title: 'Lag',
        description:
          'How long the oldest reminder has been due that is not published yet. Over 30 s for two minutes is the alert RemindersBehind.',
        unit: 's',
        width: 6,
        warnFrom: 5,
        badFrom: 30,
        queries: [{ expr: 'max(calendar_reminders_lag_seconds)', legend: 'lag' }],
      }),
    )
    .withPanel(
      stat({
        title: 'In the queue',
        description:
          'Messages that wait for a sender, as the senders see it. Over 1,000 for ten minutes is the alert QueueFills.',
        unit: 'short',
        width: 6,
        warnFrom: 500,
        badFrom: 1000,
        queries: [{ expr: 'max(calendar_queue_messages{state="waiting"})', legend: 'waiting' }],
      }),
    )
    .withPanel(
      stat({
        title: 'Dead letters',
        description:
          'Reminders that could not be delivered. They stay until somebody replays or discards them.',
        unit: 'short',
        width: 6,
        badFrom: 1,
        queries: [{ expr: 'max(calendar_queue_messages{state="dead"})', legend: 'dead' }],
      }),
    )
    .withRow(new RowBuilder('To people'))
    .withPanel(
      graph({
        title: 'Sent per second, by channel',
        description: 'What was delivered: as lines of standard output, or to webhooks.',
        unit: 'cps',
        width: 12,
        queries: [
          {
            expr: 'sum by (channel) (rate(calendar_reminders_sent_total{channel=~"$channel"}[$__rate_interval]))',
            legend: '{{channel}}',
          },
        ],
      }),
    )
    .withPanel(
      graph({
        title: 'Outcomes per second',
        description:
          'What became of the messages that senders took. Skipped ones needed no sending: repetitions, and what was cancelled.',
        unit: 'cps',
        width: 12,
        queries: OUTCOMES.map(([name, legend]) => ({
          expr: `sum(rate(calendar_reminders_${name}_total{channel=~"$channel"}[$__rate_interval]))`,
          legend,
        })),
        colors: {
          sent: 'green',
          'of those, late': 'yellow',
          'failed, and tried again': 'orange',
          'failed for good': 'red',
          'dead letters': 'dark-red',
        },
      }),
    )
    .withPanel(
      graph({
        title: 'Lag',
        description:
          'How long the oldest reminder has been due that is not published yet, as each scheduler sees it.',
        unit: 's',
        width: 12,
        badFrom: 30,
        queries: [{ expr: 'max by (instance) (calendar_reminders_lag_seconds)', legend: '{{instance}}' }],
      }),
    )
    .withPanel(
      graph({
        title: 'How long after they were due reminders came',
        description:
          'From the time that a reminder is due to the end of its delivery, attempts that failed included. A minute is late.',
        unit: 's',
        width: 12,
        badFrom: 60,
        queries: [0.5, 0.95, 0.99].map((share) => ({
          expr: `histogram_quantile(${share}, sum by (le) (rate(calendar_reminders_delay_seconds_bucket{channel=~"$channel"}[$__rate_interval])))`,
          legend: `p${share * 100}`,
        })),
      }),
    )
    .withRow(new RowBuilder('The queue'))
    .withPanel(
      graph({
        title: 'Queue depth (RabbitMQ)',
        description:
          'Messages that wait, and messages in the hands of senders that are not acknowledged yet, by queue.',
        unit: 'short',
        width: 12,
        queries: [
          {
            expr: `sum by (queue) (rabbitmq_detailed_queue_messages_ready{${QUEUES}})`,
            legend: '{{queue}} waiting',
          },
          {
            expr: `sum by (queue) (rabbitmq_detailed_queue_messages_unacked{${QUEUES}})`,
            legend: '{{queue}} in hand',
          },
        ],
      }),
    )
    .withPanel(
      graph({
        title: 'Queue depth, as senders see it',
        description:
          'The same, also where the queue is a table of the database. Missing while the queue is away.',
        unit: 'short',
        width: 6,
        queries: [{ expr: 'max by (state) (calendar_queue_messages)', legend: '{{state}}' }],
        colors: { dead: 'red' },
      }),
    )
    .withPanel(
      graph({
        title: 'Who reads the queue (RabbitMQ)',
        description: 'Senders that are connected. None for two minutes is the alert QueueWithoutSender.',
        unit: 'short',
        width: 6,
        queries: [
          {
            expr: `sum by (queue) (rabbitmq_detailed_queue_consumers{queue="daywatch.notifications"})`,
            legend: '{{queue}}',
          },
        ],
      }),
    )
    .withPanel(
      graph({
        title: 'Memory of RabbitMQ',
        description: 'In use, and the limit at which it takes no more messages.',
        unit: 'bytes',
        width: 12,
        queries: [
          { expr: 'sum by (instance) (rabbitmq_process_resident_memory_bytes)', legend: 'in use' },
          { expr: 'sum by (instance) (rabbitmq_resident_memory_limit_bytes)', legend: 'limit' },
        ],
        colors: { limit: 'red' },
      }),
    )
    .withPanel(
      graph({
        title: 'Disk of RabbitMQ',
        description: 'Free space, and the limit below which it takes no more messages.',
        unit: 'bytes',
        width: 12,
        queries: [
          { expr: 'sum by (instance) (rabbitmq_disk_space_available_bytes)', legend: 'free' },
          { expr: 'sum by (instance) (rabbitmq_disk_space_available_limit_bytes)', legend: 'limit' },
        ],
        colors: { limit: 'red' },
      }),
    )
    .withRow(new RowBuilder('The scheduler'))
    .withPanel(
      graph({
        title: 'Stages per second',
        description:
          'Claimed: taken in hand when due. Published and confirmed: in the queue. Postponed: the queue did not take it. Expired: its occurrence was over before.',
        unit: 'cps',
        width: 12,
        queries: STAGES.map((stage) => ({
          expr: `sum(rate(calendar_reminders_${stage}_total[$__rate_interval]))`,
          legend: stage,
        })),
        colors: { postponed: 'orange', unpublishable: 'red' },
      }),
    )
    .withPanel(
      graph({
        title: 'In the hands of senders',
        description:
          'Messages that are being sent, or wait for their receiver. At sender.prefetch a sender takes no more.',
        unit: 'short',
        width: 6,
        queries: [
          {
            expr: 'sum by (instance) (calendar_reminders_in_flight{channel=~"$channel"})',
            legend: '{{instance}}',
          },
        ],
      }),
    )
    .withPanel(
      graph({
        title: 'Upkeep per hour',
        description:
          'Endless series whose horizon was moved, events computed anew with other time zones, and events removed because they are long over.',
        unit: 'short',
        width: 6,
        queries: [
          { expr: 'sum(increase(calendar_series_extended_total[1h]))', legend: 'series extended' },
          { expr: 'sum(increase(calendar_events_recomputed_total[1h]))', legend: 'events recomputed' },
          { expr: 'sum(increase(calendar_events_purged_total[1h]))', legend: 'events removed' },
        ],
      }),
    )
    .build();
}
