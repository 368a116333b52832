import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { ErrInvalidRequest } from '../../errors.ts';
import { NewEvent } from './schema/event-schema.ts';
import { RangeQuery } from './schema/query-schema.ts';
import { validatorCompiler } from './validate.ts';

function violationsOf(schema: z.ZodType, httpPart: string, data: unknown) {
  const validate = validatorCompiler({ schema, method: 'GET', url: '/', httpPart });
  const { error } = validate(data) as { error?: unknown };
  expect(error).toBeInstanceOf(ErrInvalidRequest);
  return (error as ErrInvalidRequest).violations.map(({ field, description }) => `${field}: ${description}`);
}

describe('a body', () => {
  it.each<[unknown, string]>([
    [undefined, 'body: is missing; allowed is an object'],
    [null, 'body: is missing or null; allowed is an object'],
    [[], 'body: is an array; allowed is an object'],
    [{ title: 5 }, 'title: is the number 5; allowed is a string'],
    [{ title: ['a'] }, 'title: is an array; allowed is a string'],
    [{ all_day: 'yes' }, "all_day: is the string 'yes'; allowed is true or false"],
    [{ busy: 0 }, 'busy: is the number 0; allowed is true or false'],
    [{ notify_before: 'PT15M' }, "notify_before: is the string 'PT15M'; allowed is an array"],
    [{ notify_before: ['PT15M', null] }, 'notify_before[1]: is null; allowed is a string'],
    [{ recurrence: { rrule: false } }, 'recurrence.rrule: is the boolean false; allowed is a string'],
  ])('should name the field, what it is and what is allowed: %j', (data, expected) => {
    expect(violationsOf(NewEvent, 'body', data)).toEqual([expected]);
  });

  it('should suggest what was meant by an unknown field, at every depth', () => {
    const [top, nested] = violationsOf(NewEvent, 'body', { titel: 'x', recurrence: { rule: '' } }).toSorted(
      (a, b) => b.localeCompare(a),
    );
    expect(top).toMatch(/^titel: is no field of this request; did you mean 'title'\?; allowed are id, /);
    expect(nested).toBe(
      "recurrence.rule: is no field of this request; did you mean 'rrule'?; allowed are rrule, exdates, rdates",
    );
  });

  it('should stay short, however much is wrong', () => {
    const data = Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`key${i}`, i]));
    expect(violationsOf(NewEvent, 'body', data)).toHaveLength(20);
  });
});

describe('a query', () => {
  it.each<[Readonly<Record<string, unknown>>, string]>([
    [{ form: 'x', to: 'y' }, "form: is no parameter of this request; did you mean 'from'?"],
    [{ from: ['x', 'y'], to: 'z' }, 'from: is given 2 times; allowed is once'],
    [{ to: 'z' }, 'from: is missing; allowed is a string'],
    [{ from: 'x', to: 'y', page_size: '1e2' }, "page_size: '1e2' is no whole number; allowed are 1 to 1000"],
    [{ from: 'x', to: 'y', page_size: ' 5' }, "page_size: ' 5' is no whole number; allowed are 1 to 1000"],
    [{ from: 'x', to: 'y', page_size: '' }, "page_size: '' is no whole number; allowed are 1 to 1000"],
    [{ from: 'x', to: 'y', calendar_id: '' }, 'calendar_id: is empty; leave it out'],
  ])('should name the parameter and what is allowed: %j', (query, expected) => {
    expect(violationsOf(RangeQuery, 'querystring', query).join('\n')).toContain(expected);
  });
});
