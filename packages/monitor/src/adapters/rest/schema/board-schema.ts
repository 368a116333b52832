import { z } from 'zod';
import { BOARD_PERIODS, type BoardPeriod } from '../../../board/status-board.ts';
import { CheckResultAnswer } from './check-schema.ts';
import { choice, text, wholeNumber } from './parameters.ts';
import { timestamp } from './reading-schema.ts';
import { TargetAnswer } from './target-schema.ts';

const PERIODS = Object.keys(BOARD_PERIODS) as [BoardPeriod, ...BoardPeriod[]];

export const BoardQueryParameters = z.strictObject({
  period: choice(PERIODS, {
    description:
      'How far back the bars go; by default 24h: 24 bars of an hour. The others have bars of a day (UTC).',
    example: '24h',
  }).optional(),
  domain: text({ description: 'Of this domain alone.', example: 'gometr' }).optional(),
  recent: wholeNumber({
    min: 0,
    max: 100,
    description: 'How many of the latest checks each entry has; by default 30.',
    example: 30,
  }).optional(),
});

const counts = z.array(z.int());

const BarsAnswer = z
  .object({
    passed: counts,
    warned: counts,
    failed: counts,
    unknown: counts,
    latency_ms: z.array(z.number().nullable()).meta({
      description: 'How long answers took on average; null where there were none.',
    }),
  })
  .meta({ id: 'Bars', description: 'Each list has an element for each bar, the oldest first.' });

const BoardEntryAnswer = z
  .object({
    target: TargetAnswer,
    uptime: z.number().min(0).max(1).nullable().meta({
      description:
        'The share of checks in the period that did not fail, from 0 to 1; `unknown` ones left out. Null where there is none.',
    }),
    bars: BarsAnswer,
    recent: z.array(CheckResultAnswer).meta({ description: 'The latest checks, oldest first.' }),
  })
  .meta({ id: 'BoardEntry' });

export const BoardAnswer = z
  .object({
    period: z.enum(PERIODS),
    start: timestamp.meta({ description: 'When the first bar begins.' }),
    bar_ms: z.int().meta({ description: 'How long a bar is.' }),
    counts: z
      .object({ pass: z.int(), warn: z.int(), fail: z.int(), unknown: z.int() })
      .meta({ description: 'How many targets stand how.' }),
    checks: z.array(BoardEntryAnswer).meta({ description: 'What is broken comes first.' }),
  })
  .meta({ id: 'Board', description: 'How everything that is watched stands, and how it was.' });

/** The data of the event `changes`. */
export const ChangesEvent = z
  .object({ targets: z.array(TargetAnswer) })
  .meta({ id: 'ChangesEvent', description: 'The data of the event `changes`.' });
