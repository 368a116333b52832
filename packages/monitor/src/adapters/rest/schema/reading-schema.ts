import { z } from 'zod';
import { instant, seriesName, text, wholeNumber } from './parameters.ts';
import { parseCursor } from '../reading-cursor.ts';

export const timestamp = z.string().meta({
  format: 'date-time',
  description: 'UTC, to the millisecond.',
  example: '2026-11-23T09:00:00.000Z',
});

/** A value of a metric; JSON has no word for what is not finite. */
export const sampleValue = z.union([z.number(), z.enum(['NaN', '+Inf', '-Inf'])]);

const readingId = z.int().min(1).meta({
  description: 'Unique and stable: an integer up to 2^53 - 1.',
  example: 1_048_577,
});

export const targetLabels = z.record(z.string(), z.string()).meta({
  description: 'What the checker adds: `job`, `instance` and labels of the configuration.',
  example: { instance: 'localhost:8000', job: 'gometr' },
});

export const seriesText = z.string().meta({
  description: 'As its target exposes it: the metric, then its labels, sorted.',
  example: 'go_gc_duration_seconds{quantile="0.75"}',
});

const Reading = z
  .object({ id: readingId, timestamp, name: seriesText, value: sampleValue, target: targetLabels })
  .meta({ id: 'Reading', description: 'What one series was at one moment.' });

export const ReadingList = z.array(Reading);

export const ReadingsQuery = z
  .strictObject({
    name: seriesName({
      description: 'A metric, or a series with labels in any order, each of which has to be equal.',
      example: 'up{job="gometr"}',
    }).optional(),
    date_from: instant({
      description: 'RFC 3339 with an offset; inclusive.',
      example: '2026-11-23T00:00:00Z',
    }).optional(),
    date_to: instant({
      description: 'RFC 3339 with an offset; exclusive.',
      example: '2026-11-24T00:00:00+01:00',
    }).optional(),
    limit: wholeNumber({
      min: 1,
      max: 10_000,
      description: 'A page of at most so many; by default everything is answered.',
      example: 1000,
    }).optional(),
    cursor: text({ description: 'Of the `Link` to the next page, with all else unchanged.' })
      .transform((given, context) => {
        const place = parseCursor(given);
        if (place) return place;
        context.addIssue({
          code: 'custom',
          message: 'is none that was given here; allowed is that of the link to the next page',
        });
        return z.NEVER;
      })
      .optional(),
  })
  .refine(
    ({ date_from, date_to }) => date_from === undefined || date_to === undefined || date_from <= date_to,
    {
      path: ['date_from'],
      error: 'is later than date_to; allowed is the same moment or an earlier one',
    },
  );
