import * as common from '@grafana/grafana-foundation-sdk/common';
import {
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type Threshold,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatPanelBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TimeseriesPanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { DATA_SOURCE } from './data-source.ts';

/** One line of a panel, or one for each set of labels. */
export interface Query {
  /** PromQL. */
  readonly expr: string;
  /** What the line is called: `{{method}}`. */
  readonly legend: string;
}

interface PanelOptions {
  readonly title: string;
  /** What it shows, and what is to be thought of it, for somebody who sees it for the first time. */
  readonly description: string;
  /** One of Grafana's: `reqps`, `s`, `bytes`, `percentunit`, `cps`, `short`. */
  readonly unit: string;
  readonly queries: readonly Query[];
  /** Of the 24 columns. */
  readonly width: number;
  /** From these values on it is worth a look, or bad. */
  readonly warnFrom?: number;
  readonly badFrom?: number;
  readonly max?: number;
}

export interface GraphOptions extends PanelOptions {
  /** Whether the lines are parts of a whole. */
  readonly isStacked?: boolean;
  /** Lines that mean something good or bad: name to colour. */
  readonly colors?: Readonly<Record<string, string>>;
}

export interface StatOptions extends PanelOptions {
  readonly decimals?: number;
  /** Below these values it is worth a look, or bad: where more is better. */
  readonly warnBelow?: number;
  readonly badBelow?: number;
}

const GRAPH_HEIGHT = 8;
const STAT_HEIGHT = 4;

/** Lines over time, with a table of what they are below. */
export function graph(options: GraphOptions): TimeseriesPanelBuilder {
  const panel = new TimeseriesPanelBuilder()
    .title(options.title)
    .description(options.description)
    .datasource(DATA_SOURCE)
    .unit(options.unit)
    .min(0)
    .span(options.width)
    .height(GRAPH_HEIGHT)
    .lineWidth(1)
    .fillOpacity(options.isStacked === true ? 40 : 8)
    .showPoints(common.VisibilityMode.Never)
    .legend(
      new common.VizLegendOptionsBuilder()
        .displayMode(common.LegendDisplayMode.Table)
        .placement(common.LegendPlacement.Bottom)
        .showLegend(true)
        .calcs(['mean', 'max', 'lastNotNull']),
    )
    .tooltip(
      new common.VizTooltipOptionsBuilder()
        .mode(common.TooltipDisplayMode.Multi)
        .sort(common.SortOrder.Descending),
    )
    .thresholds(thresholdsOf(options))
    .targets(targetsOf(options.queries));
  if (options.max !== undefined) panel.max(options.max);
  if (options.isStacked === true)
    panel.stacking(new common.StackingConfigBuilder().mode(common.StackingMode.Normal).group('A'));
  if (options.warnFrom !== undefined || options.badFrom !== undefined)
    panel.thresholdsStyle(
      new common.GraphThresholdsStyleConfigBuilder().mode(common.GraphThresholdsStyleMode.Dashed),
    );
  for (const [name, fixedColor] of Object.entries(options.colors ?? {}))
    panel.withOverride({
      matcher: { id: 'byName', options: name },
      properties: [{ id: 'color', value: { mode: 'fixed', fixedColor } }],
    });
  return panel;
}

/** The last value, large, with its course behind it. */
export function stat(options: StatOptions): StatPanelBuilder {
  const panel = new StatPanelBuilder()
    .title(options.title)
    .description(options.description)
    .datasource(DATA_SOURCE)
    .unit(options.unit)
    .span(options.width)
    .height(STAT_HEIGHT)
    .colorMode(common.BigValueColorMode.Value)
    .graphMode(common.BigValueGraphMode.Area)
    .reduceOptions(new common.ReduceDataOptionsBuilder().calcs(['lastNotNull']))
    .thresholds(thresholdsOf(options))
    .noValue('no data')
    .targets(targetsOf(options.queries));
  if (options.decimals !== undefined) panel.decimals(options.decimals);
  if (options.max !== undefined) panel.max(options.max);
  return panel;
}

function targetsOf(queries: readonly Query[]): DataqueryBuilder[] {
  return queries.map(({ expr, legend }, at) =>
    new DataqueryBuilder()
      .datasource(DATA_SOURCE)
      .refId(String.fromCodePoint('A'.codePointAt(0)! + at))
      .expr(expr)
      .legendFormat(legend)
      .range(),
  );
}

/** Green, then yellow, then red; where more is better the other way round. */
function thresholdsOf(options: PanelOptions & Partial<StatOptions>): ThresholdsConfigBuilder {
  const { warnFrom, badFrom, warnBelow, badBelow } = options;
  const falling: Threshold[] = [];
  if (badBelow !== undefined) falling.push({ value: null, color: 'red' });
  if (warnBelow !== undefined) falling.push({ value: badBelow ?? null, color: 'yellow' });
  const wellFrom = warnBelow ?? badBelow ?? null;
  const steps: Threshold[] = [...falling, { value: wellFrom, color: 'green' }];
  if (warnFrom !== undefined) steps.push({ value: warnFrom, color: 'yellow' });
  if (badFrom !== undefined) steps.push({ value: badFrom, color: 'red' });
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps);
}
