import { z } from 'zod';
import { RANGE_KINDS } from '../../../explorer/query-range.ts';
import { choice, instant, selector, wholeNumber } from './parameters.ts';
import { sampleValue, seriesText, targetLabels } from './reading-schema.ts';

const labels = z.record(z.string(), z.string()).meta({
  description: 'All of its labels, those of its target too; the metric is `__name__`.',
  example: { __name__: 'up', instance: 'localhost:8000', job: 'gometr' },
});

const SeriesAnswer = z
  .object({ name: seriesText, target: targetLabels, labels })
  .meta({ id: 'Series', description: 'A series that was ever stored and is not past retention.' });

export const SeriesListAnswer = z
  .object({
    names: z.array(z.string()).meta({ description: 'The metrics, sorted.' }),
    labels: z
      .array(z.object({ name: z.string(), values: z.array(z.string()) }))
      .meta({ description: 'The labels with their values, sorted.' }),
    series: z.array(SeriesAnswer),
    is_truncated: z
      .boolean()
      .meta({ description: 'Whether a list is longer than `limit`, and was cut off.' }),
  })
  .meta({ id: 'SeriesList', description: 'What there is to choose from, for completion.' });

const match = selector({
  description:
    'A selector of PromQL: `=`, `!=`, `=~` and `!~`; regular expressions are those of RE2 and match the whole value.',
  example: 'up{job=~"go.*"}',
});

export const SeriesListQuery = z.strictObject({
  match: match.optional(),
  limit: wholeNumber({
    min: 1,
    max: 10_000,
    description: 'Each list has at most so many elements; by default 1000.',
    example: 1000,
  }).optional(),
});

const RangeLineAnswer = z
  .object({
    name: seriesText,
    target: targetLabels,
    labels,
    timestamps_ms: z.array(z.int()).meta({ description: 'Milliseconds since 1970, ascending.' }),
    values: z
      .array(sampleValue.nullable())
      .meta({ description: 'As many; null where the line is interrupted, since the series ended there.' }),
  })
  .meta({ id: 'RangeLine' });

export const RangeAnswer = z
  .object({
    start_ms: z.int(),
    end_ms: z.int(),
    kind: z.enum(RANGE_KINDS),
    series: z.array(RangeLineAnswer),
  })
  .meta({ id: 'RangeLines', description: 'Lines to draw, sorted by their labels.' });

export const RangeQueryParameters = z
  .strictObject({
    match,
    date_from: instant({
      description: 'RFC 3339 with an offset; inclusive.',
      example: '2026-11-23T00:00:00Z',
    }),
    date_to: instant({ description: 'RFC 3339 with an offset; exclusive.', example: '2026-11-24T00:00:00Z' }),
    points: wholeNumber({
      min: 10,
      max: 5000,
      description:
        'How many pixels wide the drawing is; by default 500. Each gets at most four points: the first, the least, the greatest and the last.',
      example: 500,
    }).optional(),
    kind: choice(RANGE_KINDS, {
      description: 'The values (the default), or how much they grow in a second, for counters.',
      example: 'value',
    }).optional(),
  })
  .refine(({ date_from, date_to }) => !(date_from >= date_to), {
    path: ['date_from'],
    error: 'is not before date_to; allowed is an earlier moment',
  });
