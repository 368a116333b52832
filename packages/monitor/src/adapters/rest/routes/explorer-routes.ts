import { formatLabels, parseSelector, type FoundSeries } from '@daywatch/series';
import type { MonitorManager } from '../../../monitor-manager.ts';
import { operation, type MonitorScope } from '../monitor-scope.ts';
import { nameNonFinite } from '../print-readings.ts';
import { errors, okOrKnown, ReadHeaders } from '../schema/answers.ts';
import {
  RangeAnswer,
  RangeQueryParameters,
  SeriesListAnswer,
  SeriesListQuery,
} from '../schema/explorer-schema.ts';
import { sendJson } from '../send-json.ts';

const DEFAULT_LIMIT = 1000;
const DEFAULT_POINTS = 500;
/** More lines than anybody can tell apart. */
const MAX_LINES = 100;

const list = operation('ListSeries', {
  tags: ['series'],
  summary: 'List names, labels and values of series, for completion',
  headers: ReadHeaders,
  querystring: SeriesListQuery,
  response: { ...okOrKnown(SeriesListAnswer, 'What there is.'), ...errors() },
});

const range = operation('QueryRange', {
  tags: ['series'],
  summary: 'Read series over a period, thinned out for drawing',
  headers: ReadHeaders,
  querystring: RangeQueryParameters,
  response: {
    ...okOrKnown(RangeAnswer, 'The lines.'),
    ...errors(`; \`too_many_series\`: the selector has more than ${MAX_LINES}`),
  },
});

export function addExplorerRoutes(
  scope: MonitorScope,
  { manager }: { readonly manager: MonitorManager },
): void {
  scope.get('/api/v1/series', list, async (request, reply) => {
    const { match = parseSelector('{}'), limit = DEFAULT_LIMIT } = request.query;
    const found = await manager.listSeries({ matchers: match, limit }, request.signal);
    const { names, labels, series, isTruncated } = found;
    const answer = { names, labels, series: series.map(toSeriesAnswer), is_truncated: isTruncated };
    return sendJson(request, reply, JSON.stringify(answer));
  });

  scope.get('/api/v1/monitor/range', range, async (request, reply) => {
    const { match, date_from, date_to, points = DEFAULT_POINTS, kind = 'value' } = request.query;
    const query = { matchers: match, startMs: date_from, endMs: date_to, points, kind, maxSeries: MAX_LINES };
    const lines = await manager.queryRange(query, request.signal);
    const answer = {
      start_ms: date_from,
      end_ms: date_to,
      kind,
      series: lines.map((line) => ({
        ...toSeriesAnswer(line),
        timestamps_ms: line.timestampsMs,
        values: line.values.map(toJsonValue),
      })),
    };
    return sendJson(request, reply, JSON.stringify(answer));
  });
}

function toSeriesAnswer({ own, source, labels }: FoundSeries) {
  return { name: formatLabels(own), target: Object.fromEntries(source), labels: Object.fromEntries(labels) };
}

function toJsonValue(value: number | null): number | string | null {
  return value === null || Number.isFinite(value) ? value : nameNonFinite(value);
}
