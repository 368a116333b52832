import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHouse, type House } from './_support/house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house[Symbol.asyncDispose]());

const LONG = 'x'.repeat(20_000);

/** The path and query, and what the message must say. */
const REFUSED: readonly (readonly [path: string, said: string])[] = [
  ['metrics?name=', 'name: is empty; leave it out'],
  ['metrics?name=a&name=b', 'name: is given 2 times; allowed is once'],
  ['metrics?names=a', "names: is no parameter of this request; did you mean 'name'?"],
  ['metrics?match=up', 'match: is no parameter of this request'],
  ['metrics?name=1a', "name: '1a' is no selector: expected a metric name"],
  ['metrics?name=a b', 'at position 2'],
  ['metrics?name=a{', 'name: '],
  ['metrics?name=a{b="c"', 'expected , or }'],
  ['metrics?name=a{b=c}', 'expected a value in quotes'],
  ['metrics?name=a{b="c}', 'has no closing quote'],
  ['metrics?name=a{b!="c"}', 'has b!=; allowed is = alone'],
  ['metrics?name=a{b=~"c"}', 'has b=~; allowed is = alone'],
  ['metrics?name=a%00', 'U+0000'],
  ['metrics?name={a="\\x00"}', 'U+0000'],
  ['metrics?name={a="%00"}', 'U+0000'],
  ['metrics?date_from=', 'date_from: is empty'],
  ['metrics?date_from=yesterday', "date_from: 'yesterday' is no date and time; allowed is RFC 3339"],
  ['metrics?date_from=2026-03-01', 'is no date and time'],
  ['metrics?date_from=2026-03-01T12:00:00', 'is no date and time'],
  ['metrics?date_from=1772366400', 'is no date and time'],
  ['metrics?date_from=2026-13-01T00:00:00Z', 'has the month 13; allowed are 1 to 12'],
  ['metrics?date_from=2026-02-29T00:00:00Z', 'has the day 29; allowed are 1 to 28'],
  ['metrics?date_from=2026-02-01T24:00:00Z', 'has the hour 24; allowed are 0 to 23'],
  ['metrics?date_from=2026-02-01T00:60:00Z', 'has the minute 60'],
  ['metrics?date_from=2026-02-01T00:00:61Z', 'has the second 61'],
  ['metrics?date_from=2026-02-01T00:00:00%2B24:00', 'has the hour of the offset 24'],
  ['metrics?date_to=2026-02-01T00:00:00Z&date_to=2026-02-01T00:00:00Z', 'date_to: is given 2 times'],
  ['metrics?limit=0', "limit: '0' is not allowed; allowed are whole numbers from 1 to 10000"],
  ['metrics?limit=10001', 'allowed are whole numbers from 1 to 10000'],
  ['metrics?limit=1.5', "limit: '1.5' is not allowed"],
  ['metrics?limit=-1', "limit: '-1' is not allowed"],
  ['metrics?limit=1e3', "limit: '1e3' is not allowed"],
  ['metrics?limit= 5', "limit: ' 5' is not allowed"],
  ['metrics?limit=', 'limit: is empty'],
  ['metrics?cursor=x', 'cursor: is none that was given here'],
  [`metrics?cursor=${Buffer.from('1.2.3').toString('base64url')}`, 'cursor: is none that was given here'],
  ['checks?num=0', "num: '0' is not allowed; allowed are whole numbers from 1 to 1000"],
  ['checks?num=1001', 'allowed are whole numbers from 1 to 1000'],
  ['checks?num=seven', "num: 'seven' is not allowed"],
  ['checks?domain=', 'domain: is empty'],
  ['checks?domain=%00', 'U+0000'],
  ['checks?domain=a&domain=b', 'domain: is given 2 times'],
  ['checks?include=all', "include: 'all' is not allowed; allowed is unknown"],
  ['checks?limit=5', 'limit: is no parameter of this request; allowed are domain, num, include'],
  ['targets?x=1', 'x: is no parameter of this request; allowed are no parameters'],
  ['series?match=', 'match: is empty'],
  ['series?match={', 'match: '],
  ['series?match={a=~"("}', 'is no regular expression of RE2'],
  ['series?match={a=~"(?=b)"}', 'is no regular expression of RE2'],
  ['series?match={a=~"(a)\\\\1"}', 'is no regular expression of RE2'],
  [`series?match={a=~"${'x'.repeat(5000)}"}`, 'is too long'],
  ['series?limit=0', 'limit: '],
  ['monitor/range', 'match: is missing; date_from: is missing; date_to: is missing'],
  [
    'monitor/range?match=up&date_from=2026-03-01T12:00:00Z&date_to=2026-03-01T12:00:00Z',
    'date_from: is not before date_to',
  ],
  ['monitor/range?match=up&date_from=2026-03-01T12:00:00Z&date_to=2026-03-01T13:00:00Z&points=9', 'points: '],
  [
    'monitor/range?match=up&date_from=2026-03-01T12:00:00Z&date_to=2026-03-01T13:00:00Z&kind=sum',
    "kind: 'sum' is not allowed; allowed is value or rate",
  ],
  ['monitor/board?period=1y', "period: '1y' is not allowed; allowed is 24h or 30d or 90d"],
  ['monitor/board?recent=101', 'recent: '],
  ['monitor/results?include=unknown', 'include: is no parameter of this request'],
  ['monitor/events?x=1', 'x: is no parameter of this request'],
];

describe('bad input', () => {
  it.each(REFUSED)('should be refused with its place and what is allowed: %s', async (path, said) => {
    const { status, body } = await house.get(`/api/v1/${path.replaceAll(' ', '%20')}`);

    expect([status, body.code, body.error]).toEqual([400, 400, 'invalid_request']);
    expect(body.message.replaceAll('is missing; allowed is a text', 'is missing')).toContain(said);
    expect(body.details[0].field).toBe(body.message.slice(0, body.message.indexOf(':')));
  });

  it('should be refused where it is longer than any header may be', async () => {
    const response = await house.fetch(`/api/v1/metrics?name=${LONG}`);
    expect(response.status).toBe(431);
    expect(await response.json()).toMatchObject({ code: 431 });
  });

  it('should not be repeated at length', async () => {
    const { body } = await house.get(`/api/v1/checks?num=${'9'.repeat(9000)}`);
    expect(body.message.length).toBeLessThan(300);
  });

  it('should never hang on an expression, however hostile', async () => {
    const hostile = encodeURIComponent(`{__name__=~"(a+)+${'(x|xx)*'.repeat(50)}$"}`);
    expect((await house.get(`/api/v1/series?match=${hostile}`)).status).toBe(200);
  });
});
