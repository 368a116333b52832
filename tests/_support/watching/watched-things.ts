import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { readRules } from '../../../deployment/prometheus/tests/_support/rule-files.ts';

/** What is asked of Prometheus: by a panel, a choice of a dashboard, or a rule. */
export interface Question {
  /** Where it stands, for people. */
  readonly place: string;
  /** PromQL; a panel's has the variables of its dashboard in it. */
  readonly expression: string;
}

export interface WatchedDashboard {
  readonly title: string;
  readonly questions: readonly Question[];
}

interface ScrapeConfig {
  readonly job_name: string;
  readonly static_configs: readonly { readonly targets: readonly string[] }[];
}

export interface PrometheusConfig {
  readonly global: object;
  readonly scrape_configs: readonly ScrapeConfig[];
}

interface Variable {
  readonly name: string;
  readonly type: string;
  readonly query?: string;
  readonly allValue?: string;
  readonly current?: { readonly value?: readonly string[] };
}

interface Dashboard {
  readonly title: string;
  readonly panels: readonly {
    readonly title: string;
    readonly type: string;
    readonly targets?: readonly { readonly expr: string }[];
  }[];
  readonly templating: { readonly list: readonly Variable[] };
}

const DEPLOYMENT = resolve(import.meta.dirname, '../../../deployment');
export const PROMETHEUS_FOLDER = join(DEPLOYMENT, 'prometheus');

export function readPrometheusConfig(): PrometheusConfig {
  return parse(readFileSync(join(PROMETHEUS_FOLDER, 'prometheus.yml'), 'utf8')) as PrometheusConfig;
}

/** Those of recording rules, and those of alerts, each at the place that is its name. */
export function readRuleQuestions(): {
  readonly recorded: readonly Question[];
  readonly alerts: readonly Question[];
} {
  const rules = readdirSync(PROMETHEUS_FOLDER)
    .filter((name) => name.endsWith('.rules.yml'))
    .flatMap((name) => readRules(join(PROMETHEUS_FOLDER, name)));
  return {
    recorded: rules.flatMap((rule) =>
      'record' in rule ? [{ place: rule.record, expression: rule.expr }] : [],
    ),
    alerts: rules.flatMap((rule) => ('alert' in rule ? [{ place: rule.alert, expression: rule.expr }] : [])),
  };
}

/** The dashboards as Grafana reads them, with what is chosen at first put in. */
export function readDashboards(): readonly WatchedDashboard[] {
  const folder = join(DEPLOYMENT, 'grafana/dashboards');
  return readdirSync(folder).map((file) => {
    const { title, panels, templating } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Dashboard;
    const fill = (text: string): string => fillIn(text, templating.list);
    const ofPanels = panels.flatMap((panel) =>
      (panel.targets ?? []).map(({ expr }) => ({ place: panel.title, expression: fill(expr) })),
    );
    const ofChoices = templating.list
      .filter(({ type }) => type === 'query')
      .map(({ name, query = '' }) => {
        const selector = /^label_values\((.*), \w+\)$/.exec(query)?.[1];
        if (selector === undefined) throw new Error(`${title}: the query of ${name} is '${query}'`);
        return { place: `the choice ${name}`, expression: fill(selector) };
      });
    return { title, questions: [...ofPanels, ...ofChoices] };
  });
}

/** As Grafana would: a scrape every two seconds makes its rates reach back some seconds. */
function fillIn(text: string, variables: readonly Variable[]): string {
  let filled = text.replaceAll('$__rate_interval', '15s');
  for (const { name, allValue, current } of variables) {
    const value = current?.value?.join('|') ?? '$__all';
    filled = filled.replaceAll(`$${name}`, value === '$__all' ? (allValue ?? '.*') : value);
  }
  if (/\$\w/.test(filled)) throw new Error(`an unknown variable is in '${filled}'`);
  return filled;
}
