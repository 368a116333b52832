import { describe, expect, it } from 'vitest';
import { listSelectors } from './_support/watching/promql-selectors.ts';

describe('listSelectors', () => {
  it.each([
    ['up == 0', ['up']],
    [
      'sum by (job, method) (rate(api_requests_total{code=~"5..|OK", method!~"(.*/)?Watch.*"}[5m])) > 1e3',
      ['api_requests_total{code=~"5..|OK", method!~"(.*/)?Watch.*"}'],
    ],
    ['histogram_quantile(0.99, sum by (le) (rate(a_bucket[$__rate_interval]))) >= 0', ['a_bucket']],
    ['a:b:c / on (job) group_left (x) d > bool 0.5', ['a:b:c', 'd']],
    ['count(ALERTS{alertstate="firing"}) or vector(0)', ['ALERTS{alertstate="firing"}']],
    [
      'predict_linear(sum(size)[6h:5m], 4 * 86400) > on () room and sum(size) > 0.4',
      ['size', 'room', 'size'],
    ],
    ['q{queue=~"daywatch\\\\..*"} unless on () r{x="} y{"}', ['q{queue=~"daywatch\\\\..*"}', 'r{x="} y{"}']],
    ['20 * 1024 ^ 3', []],
    ['(sum(a) # the first\n or 0 * sum(b))', ['a', 'b']],
  ])('should find what %s asks for', (expression, selectors) => {
    expect(listSelectors(expression).map(({ text }) => text)).toEqual(selectors);
  });
});
