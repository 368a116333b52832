import { RowBuilder, type Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { choice, openDashboard } from '../dashboard-builder.ts';
import { graph, stat } from '../panels.ts';

const CHOSEN = 'datname=~"$datname"';
const EVENTS = `pg_stat_user_tables_n_live_tup{${CHOSEN}, schemaname="calendar", relname="events"}`;
const HITS = `sum(rate(pg_stat_database_blks_hit{${CHOSEN}}[$__rate_interval]))`;
const READS = `sum(rate(pg_stat_database_blks_read{${CHOSEN}}[$__rate_interval]))`;
const COMMITS = `sum(rate(pg_stat_database_xact_commit{${CHOSEN}}[$__rate_interval]))`;
const ROLLBACKS = `sum(rate(pg_stat_database_xact_rollback{${CHOSEN}}[$__rate_interval]))`;

/** What PostgreSQL holds and does, as its exporter tells. */
export function makeDatabaseDashboard(): Dashboard {
  return openDashboard({
    title: 'Database',
    uid: 'daywatch-database',
    description: 'What PostgreSQL holds, what it is asked, and how much room is left.',
  })
    .withVariable(
      choice({
        name: 'datname',
        label: 'Database',
        query: 'label_values(pg_stat_database_numbackends, datname)',
        regex: '/^(?!template\\d|postgres$).+/',
      }),
    )
    .withRow(new RowBuilder('At a glance'))
    .withPanel(
      stat({
        title: 'Events',
        description: 'Rows of calendar.events, as PostgreSQL estimates them. An event that recurs is one.',
        unit: 'short',
        width: 5,
        queries: [{ expr: `sum(${EVENTS})`, legend: 'events' }],
      }),
    )
    .withPanel(
      stat({
        title: 'Transactions per second',
        description: 'Committed and rolled back.',
        unit: 'cps',
        width: 5,
        queries: [{ expr: `${COMMITS} + ${ROLLBACKS}`, legend: 'transactions' }],
      }),
    )
    .withPanel(
      stat({
        title: 'Connections in use',
        description:
          'Of max_connections. Over 80 % for five minutes is the alert DatabaseConnectionsNearlyUsedUp.',
        unit: 'percentunit',
        width: 5,
        warnFrom: 0.6,
        badFrom: 0.8,
        queries: [
          {
            expr: 'sum(pg_stat_database_numbackends) / max(pg_settings_max_connections)',
            legend: 'connections',
          },
        ],
      }),
    )
    .withPanel(
      stat({
        title: 'Room in use',
        description:
          'The databases, of the room that daywatch:database_room:bytes gives them (database.rules.yml). Over 80 % is the alert DatabaseNearlyFull.',
        unit: 'percentunit',
        width: 5,
        warnFrom: 0.6,
        badFrom: 0.8,
        queries: [
          { expr: 'sum(pg_database_size_bytes) / on () daywatch:database_room:bytes', legend: 'room' },
        ],
      }),
    )
    .withPanel(
      stat({
        title: 'Cache hits',
        description:
          'The share of blocks that were found in memory. Far below 99 % for long, shared_buffers is small.',
        unit: 'percentunit',
        width: 4,
        decimals: 1,
        warnBelow: 0.95,
        badBelow: 0.8,
        queries: [{ expr: `${HITS} / (${HITS} + ${READS} > 0)`, legend: 'hits' }],
      }),
    )
    .withRow(new RowBuilder('What it holds'))
    .withPanel(
      graph({
        title: 'Rows of events',
        description:
          'Events, and the occurrences and reminders that are made of them. Estimates of PostgreSQL.',
        unit: 'short',
        width: 12,
        queries: [
          {
            expr: `sum by (relname) (pg_stat_user_tables_n_live_tup{${CHOSEN}, schemaname="calendar", relname=~"events|occurrences|notifications"})`,
            legend: '{{relname}}',
          },
        ],
      }),
    )
    .withPanel(
      graph({
        title: 'The largest tables, by rows',
        description: 'The ten tables with most rows, of the calendar and of the monitor.',
        unit: 'short',
        width: 12,
        queries: [
          {
            expr: `topk(10, sum by (schemaname, relname) (pg_stat_user_tables_n_live_tup{${CHOSEN}}))`,
            legend: '{{schemaname}}.{{relname}}',
          },
        ],
      }),
    )
    .withPanel(
      graph({
        title: 'Size',
        description:
          'Bytes on disk of each database, indexes included, and the room that they have together.',
        unit: 'bytes',
        width: 12,
        queries: [
          { expr: `sum by (datname) (pg_database_size_bytes{${CHOSEN}})`, legend: '{{datname}}' },
          { expr: 'daywatch:database_room:bytes', legend: 'room' },
        ],
        colors: { room: 'red' },
      }),
    )
    .withPanel(
      graph({
        title: 'Dead rows',
        description:
          'Rows that were deleted or changed and wait for autovacuum, of the ten tables with most of them.',
        unit: 'short',
        width: 12,
        queries: [
          {
            expr: `topk(10, sum by (schemaname, relname) (pg_stat_user_tables_n_dead_tup{${CHOSEN}}))`,
            legend: '{{schemaname}}.{{relname}}',
          },
        ],
      }),
    )
    .withRow(new RowBuilder('What it does'))
    .withPanel(
      graph({
        title: 'Transactions per second',
        description: 'Those that are rolled back are refused events (the time is taken), as a rule.',
        unit: 'cps',
        width: 12,
        isStacked: true,
        queries: [
          { expr: COMMITS, legend: 'committed' },
          { expr: ROLLBACKS, legend: 'rolled back' },
        ],
        colors: { committed: 'green', 'rolled back': 'orange' },
      }),
    )
    .withPanel(
      graph({
        title: 'Rows written per second',
        description: 'Inserted, updated and deleted, all tables together.',
        unit: 'cps',
        width: 12,
        queries: ['inserted', 'updated', 'deleted'].map((kind) => ({
          expr: `sum(rate(pg_stat_database_tup_${kind}{${CHOSEN}}[$__rate_interval]))`,
          legend: kind,
        })),
      }),
    )
    .withPanel(
      graph({
        title: 'Connections',
        description:
          'By what they are doing. Many that are idle in transaction are held by somebody who has forgotten them.',
        unit: 'short',
        width: 12,
        isStacked: true,
        queries: [
          { expr: `sum by (state) (pg_stat_activity_count{${CHOSEN}, state!=""})`, legend: '{{state}}' },
        ],
      }),
    )
    .withPanel(
      graph({
        title: 'Cache hits',
        description: 'The share of blocks that were found in the memory of PostgreSQL.',
        unit: 'percentunit',
        width: 12,
        max: 1,
        queries: [{ expr: `${HITS} / (${HITS} + ${READS} > 0)`, legend: 'hits' }],
      }),
    )
    .withPanel(
      graph({
        title: 'Locks',
        description:
          'Held and waited for, by mode. Access exclusive locks stop everybody: a migration, or a VACUUM FULL.',
        unit: 'short',
        width: 12,
        queries: [{ expr: `sum by (mode) (pg_locks_count{${CHOSEN}})`, legend: '{{mode}}' }],
        colors: { accessexclusivelock: 'red' },
      }),
    )
    .withPanel(
      graph({
        title: 'The longest transaction',
        description: 'How long it has been open. Over ten minutes is the alert LongTransaction.',
        unit: 's',
        width: 6,
        badFrom: 600,
        queries: [
          {
            expr: `max by (datname) (pg_stat_activity_max_tx_duration{${CHOSEN}, state=~"active|idle in transaction.*"})`,
            legend: '{{datname}}',
          },
        ],
      }),
    )
    .withPanel(
      graph({
        title: 'Deadlocks',
        description:
          'Transactions that waited for each other in a ring, of which PostgreSQL has ended one. There should be none.',
        unit: 'short',
        width: 6,
        queries: [
          {
            expr: `sum by (datname) (increase(pg_stat_database_deadlocks{${CHOSEN}}[$__rate_interval]))`,
            legend: '{{datname}}',
          },
        ],
      }),
    )
    .build();
}
