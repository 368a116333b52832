import { defineParameterType } from '@cucumber/cucumber';
import { parseRhythm } from './rhythm.ts';
import { REFUSALS, type ExpectedRefusal } from './refusals.ts';
import { parseSpan } from './span.ts';
import { parseTiming, TIMINGS } from './timing.ts';

defineParameterType({ name: 'person', regexp: /Alice|Bob|Carol/, transformer: (name: string) => name });

defineParameterType({ name: 'date', regexp: /\d{4}-\d{2}-\d{2}/, transformer: (text: string) => text });

defineParameterType({
  name: 'moment',
  regexp: /\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2}))?/,
  transformer: (text: string) => text,
});

defineParameterType({
  name: 'zone',
  regexp: /(?:Africa|America|Asia|Atlantic|Australia|Europe|Pacific)\/[A-Za-z_]+|UTC/,
  transformer: (text: string) => text,
});

/** `on 2031-05-05 from 09:00 to 10:00`, `for the whole of 2031-05-05`, … */
defineParameterType({ name: 'timing', regexp: [...TIMINGS], transformer: parseTiming });

/** `15 minutes`, `1 day` */
defineParameterType({ name: 'span', regexp: /\d+ (?:minute|hour|day)s?/, transformer: parseSpan });

/** `1 hour, 30 minutes and 1 day` */
defineParameterType({
  name: 'spans',
  regexp: /\d+ (?:minute|hour|day)s?(?:(?:, | and )\d+ (?:minute|hour|day)s?)*/,
  transformer: (text: string) => text.split(/, | and /).map(parseSpan),
});

/** `every 2 weeks, 4 times` */
defineParameterType({
  name: 'rhythm',
  regexp: /every (?:\d+ )?(?:weekday|day|week|month|year)s?(?:, \d+ times| until \d{4}-\d{2}-\d{2})?/,
  transformer: parseRhythm,
});

defineParameterType({
  name: 'refusal',
  regexp: new RegExp(Object.keys(REFUSALS).join('|')),
  transformer: (words: string): ExpectedRefusal => REFUSALS[words as keyof typeof REFUSALS],
});

/** The fields that are wrong: `title, recurrence.rrule` */
defineParameterType({
  name: 'fields',
  regexp: /[a-z_.[\]0-9]+(?:, [a-z_.[\]0-9]+)*/,
  transformer: (text: string) => text.split(', '),
});

defineParameterType({ name: 'period', regexp: /day|week|month/, transformer: (text: string) => text });

defineParameterType({
  name: 'dates',
  regexp: /\d{4}-\d{2}-\d{2}(?:, \d{4}-\d{2}-\d{2})*/,
  transformer: (text: string) => text,
});

/** How far a change of an occurrence goes; without words, to that one. */
defineParameterType({
  name: 'scope',
  regexp: /(?: and all that follow)?/,
  transformer: (words: string) => (words === '' ? 'this' : 'following'),
});

/** Who is watched, by the domain of targets.yaml. */
defineParameterType({
  name: 'service',
  regexp: /gometr|nowhere|(?:the )?(?:shop|bakery|library|archive|vault|page)/,
  transformer: (text: string) => text.replace('the ', ''),
});

defineParameterType({ name: 'state', regexp: /pass|warn|fail/, transformer: (text: string) => text });

defineParameterType({ name: 'json', regexp: /\{.*\}/, transformer: (text: string) => text });

/** `up`, `up{job="a"}` */
defineParameterType({
  name: 'series',
  regexp: /[a-z_]+(?:\{[^}]*\})?/,
  transformer: (text: string) => text,
});

/** A number, or what is no plain number between quotes. */
defineParameterType({
  name: 'value',
  regexp: /[\d.]+|"(?:NaN|\+Inf|-Inf)"/,
  transformer: (text: string) => (text.startsWith('"') ? text.slice(1, -1) : Number(text)),
});

defineParameterType({
  name: 'values',
  regexp: /\d+(?:, \d+)*/,
  transformer: (text: string) => text.split(', ').map(Number),
});

defineParameterType({ name: 'path', regexp: /\/\S+/, transformer: (text: string) => text });

defineParameterType({
  name: 'process',
  regexp: /api|scheduler|sender|checker|restapi|gometr/,
  transformer: (text: string) => text,
});
