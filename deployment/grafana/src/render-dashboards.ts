import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { makeApiDashboard } from './dashboards/api.ts';
import { makeDatabaseDashboard } from './dashboards/database.ts';
import { makeMonitorDashboard } from './dashboards/monitor.ts';
import { makeRemindersDashboard } from './dashboards/reminders.ts';

/** Every dashboard, by the name of its file. */
export function makeDashboards(): ReadonlyMap<string, Dashboard> {
  return new Map([
    ['api.json', finish(makeApiDashboard())],
    ['database.json', finish(makeDatabaseDashboard())],
    ['reminders.json', finish(makeRemindersDashboard())],
    ['monitor.json', finish(makeMonitorDashboard())],
  ]);
}

/** What Grafana 11 writes. Newer ones bring it up to date as they read it; an older one does not read a newer one's. */
const SCHEMA_VERSION = 39;

function finish(dashboard: Dashboard): Dashboard {
  dashboard.schemaVersion = SCHEMA_VERSION;
  // Links to one panel name its number, which Grafana would otherwise choose anew.
  for (const [at, panel] of (dashboard.panels ?? []).entries()) panel.id = at + 1;
  // In a menu they would not be seen.
  for (const link of dashboard.links ?? []) delete link.placement;
  return dashboard;
}

/** The same as the text of the files. */
export function renderDashboards(): ReadonlyMap<string, string> {
  return new Map(
    Array.from(makeDashboards(), ([file, dashboard]) => [file, `${JSON.stringify(dashboard, null, 2)}\n`]),
  );
}
