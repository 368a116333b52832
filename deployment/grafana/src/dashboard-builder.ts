import {
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DATA_SOURCE } from './data-source.ts';

export interface DashboardOptions {
  readonly title: string;
  /** Stands in addresses, and stays: `daywatch-api`. */
  readonly uid: string;
  readonly description: string;
}

/** A dashboard of Daywatch: with a choice of the data source, and links to the others. */
export function openDashboard({ title, uid, description }: DashboardOptions): DashboardBuilder {
  return new DashboardBuilder(`Daywatch: ${title}`)
    .uid(uid)
    .description(description)
    .tags(['daywatch'])
    .time({ from: 'now-1h', to: 'now' })
    .refresh('30s')
    .timezone('browser')
    .tooltip(DashboardCursorSync.Crosshair)
    .readonly()
    .link(
      new DashboardLinkBuilder('Daywatch')
        .type(DashboardLinkType.Dashboards)
        .tags(['daywatch'])
        .includeVars(true)
        .keepTime(true),
    )
    .withVariable(new DatasourceVariableBuilder('datasource').label('Prometheus').type('prometheus'));
}

export interface ChoiceOptions {
  readonly name: string;
  readonly label: string;
  /** `label_values(up, instance)` */
  readonly query: string;
  /** Of the values that the query finds; by default all are offered. All of them are what is offered, then. */
  readonly regex?: string;
  /** What is chosen at first; by default everything is. */
  readonly first?: string;
}

/** A choice among the values of a label: one, several or all. */
export function choice({ name, label, query, regex, first }: ChoiceOptions): QueryVariableBuilder {
  const variable = new QueryVariableBuilder(name)
    .label(label)
    .datasource(DATA_SOURCE)
    .query(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(true)
    .includeAll(true)
    .current(
      first === undefined
        ? { selected: true, text: ['All'], value: ['$__all'] }
        : { selected: true, text: [first], value: [first] },
    );
  // Anything: also what has come since the choices were looked up.
  if (regex === undefined) return variable.allValue('.*');
  return variable.regex(regex);
}
