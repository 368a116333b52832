import { describe, expect, it } from 'vitest';
import { lintExposition, parseExposition } from '../src/index.ts';
import type { ExpositionFormat } from '../src/index.ts';

/** What a format forbids: the lines, and the first thing that is said about them. */
type Case = readonly [format: ExpositionFormat, lines: readonly string[], problem: string];

const GRAMMAR: readonly Case[] = [
  ['openmetrics', ['a 1'], 'line 2, column 1: expected # EOF as the last line, found the end of the text'],
  ['openmetrics', ['# EOF', ''], 'line 2, column 1: OpenMetrics has no empty lines'],
  ['openmetrics', ['a 1', '', '# EOF'], 'line 2, column 1: OpenMetrics has no empty lines'],
  ['openmetrics', [' a 1', '# EOF'], 'line 1, column 1: OpenMetrics has no blank before a line'],
  ['openmetrics', ['a  1', '# EOF'], 'line 1, column 2: OpenMetrics has a single space before the value'],
  ['openmetrics', ['a\t1', '# EOF'], 'line 1, column 2: OpenMetrics has a single space before the value'],
  ['openmetrics', ['a 1 ', '# EOF'], 'line 1, column 4: OpenMetrics has no blank at the end of a line'],
  ['openmetrics', ['a {b="c"} 1', '# EOF'], 'line 1, column 2: OpenMetrics has no blank here'],
  ['openmetrics', ['a{b="c", d="e"} 1', '# EOF'], 'line 1, column 9: OpenMetrics has no blank here'],
  ['openmetrics', ['a{b="c",} 1', '# EOF'], 'line 1, column 9: expected a label name after ","'],
  ['openmetrics', ['a{b=c} 1', '# EOF'], 'line 1, column 5: expected a double quote before the value of "b"'],
  [
    'openmetrics',
    ['# a comment', '# EOF'],
    'line 1, column 1: expected one of # HELP, # TYPE, # UNIT and # EOF',
  ],
  ['openmetrics', ['# TYPE  a gauge', '# EOF'], 'line 1, column 7: OpenMetrics has a single space here'],
  ['openmetrics', ['a 1\r', '# EOF'], 'line 1, column 4: a line ends in LF alone, not CR LF'],
  ['text', ['a{b=c} 1'], 'line 1, column 5: expected a double quote before the value of "b"'],
  ['text', ['a 1\r'], 'line 1, column 4: a line ends in LF alone, not CR LF'],
];

const FAMILIES: readonly Case[] = [
  [
    'text',
    ['# TYPE a gauge', '# TYPE a gauge', 'a 1'],
    'line 2, column 1: a has a second # TYPE line; one is allowed',
  ],
  [
    'text',
    ['# HELP a x', '# HELP a y', 'a 1'],
    'line 2, column 1: a has a second # HELP line; one is allowed',
  ],
  [
    'text',
    ['a 1', '# TYPE a gauge'],
    'line 2, column 1: # TYPE a stands after samples of the family; it belongs before them',
  ],
  [
    'text',
    ['a{x="1"} 1', 'b 1', 'a{x="2"} 1'],
    'line 3, column 1: the family a stands in more than one place; its lines belong together',
  ],
  [
    'text',
    ['# TYPE a gauge', 'a 1', '# TYPE b gauge', 'b 1', '# HELP a late'],
    'line 5, column 1: the family a stands in more than one place',
  ],
  [
    'openmetrics',
    ['# TYPE a counter', 'a 1', '# EOF'],
    'line 2, column 1: a is no sample of the counter a; its samples are a_total, a_created',
  ],
  [
    'openmetrics',
    ['# TYPE a counter', 'a_count 1', '# EOF'],
    'line 2, column 1: a_count is no sample of the counter a',
  ],
  [
    'openmetrics',
    ['# TYPE a info', 'a 1', '# EOF'],
    'line 2, column 1: a is no sample of the info a; its samples are a_info',
  ],
  [
    'text',
    ['# TYPE a histogram', 'a 1'],
    'line 2, column 1: a is no sample of the histogram a; its samples are a_bucket, a_sum, a_count',
  ],
  [
    'openmetrics',
    ['# TYPE a counter', 'a_total 1', '# TYPE a_total gauge', 'a_total 1', '# EOF'],
    'line 3, column 1: the families a and a_total both have samples named a_total',
  ],
  [
    'openmetrics',
    ['# TYPE a gauge', '# UNIT a seconds', '# EOF'],
    'line 2, column 1: the unit of a is seconds, so its name must end in _seconds',
  ],
  [
    'openmetrics',
    ['# TYPE a_s info', '# UNIT a_s s', '# EOF'],
    'line 2, column 1: a_s is of type info, which has no unit',
  ],
];

const SAMPLES: readonly Case[] = [
  [
    'openmetrics',
    ['# TYPE a counter', 'a_total -1', '# EOF'],
    'line 2, column 1: a_total is -1; what only counts up is never negative and never NaN',
  ],
  ['openmetrics', ['# TYPE a counter', 'a_total NaN', '# EOF'], 'line 2, column 1: a_total is NaN'],
  ['text', ['# TYPE a counter', 'a -1'], 'line 2, column 1: a is -1'],
  [
    'openmetrics',
    ['# TYPE a info', 'a_info 2', '# EOF'],
    'line 2, column 1: a_info is 2; the value of an info is 1',
  ],
  [
    'openmetrics',
    ['# TYPE a stateset', 'a{a="on"} 2', '# EOF'],
    'line 2, column 1: a is 2; a state is 0 or 1',
  ],
  [
    'openmetrics',
    ['# TYPE a stateset', 'a{b="on"} 1', '# EOF'],
    'line 2, column 1: a lacks the label a, which names the state',
  ],
  [
    'text',
    ['# TYPE a summary', 'a{quantile="2"} 1'],
    'line 2, column 1: quantile="2" is not between 0 and 1',
  ],
  [
    'text',
    ['# TYPE a summary', 'a 1'],
    'line 2, column 1: a sample of a summary without suffix needs the label quantile',
  ],
  [
    'text',
    ['# TYPE a summary', 'a{quantile="0.5"} -1'],
    'line 2, column 1: the quantile 0.5 is -1; it is never negative',
  ],
  [
    'text',
    ['# TYPE a histogram', 'a_bucket 1'],
    'line 2, column 1: a bucket needs the label le, its upper bound',
  ],
  [
    'text',
    ['# TYPE a histogram', 'a_bucket{le="x"} 1'],
    'line 2, column 1: le="x" is no upper bound of a bucket',
  ],
  [
    'text',
    ['# TYPE a histogram', 'a_bucket{le="1"} 1', 'a_sum 1'],
    'line 2, column 1: the histogram lacks its last bucket, le="+Inf"',
  ],
  [
    'text',
    ['# TYPE a histogram', 'a_bucket{le="2"} 1', 'a_bucket{le="1"} 1', 'a_bucket{le="+Inf"} 1'],
    'line 2, column 1: the bucket of 1 stands after that of 2; buckets ascend',
  ],
  [
    'text',
    ['# TYPE a histogram', 'a_bucket{le="1"} 2', 'a_bucket{le="+Inf"} 1'],
    'line 2, column 1: the bucket of +Inf is 1, less than the one before; buckets are cumulative',
  ],
  [
    'text',
    ['# TYPE a histogram', 'a_bucket{le="+Inf"} 1', 'a_count 2'],
    'line 2, column 1: the count 2 differs from the bucket of +Inf, 1',
  ],
  [
    'text',
    ['# TYPE a histogram', 'a_bucket{le="-1"} 1', 'a_bucket{le="+Inf"} 1', 'a_sum 1'],
    'line 2, column 1: a histogram with negative buckets has no sum',
  ],
  ['text', ['a{x="1"} 1', 'a{x="1"} 1'], 'line 2, column 1: the sample a{x="1"} stands twice'],
  [
    'text',
    ['a{x="1",y="2"} 1', 'a{y="2",x="1"} 1'],
    'line 2, column 1: the sample a{x="1",y="2"} stands twice',
  ],
  [
    'text',
    ['# TYPE a histogram', 'a_bucket{x="1",le="+Inf"} 1', 'a_bucket{x="2",le="+Inf"} 1', 'a_count{x="1"} 1'],
    'line 4, column 1: the lines of one metric of a stand in more than one place',
  ],
  ['openmetrics', ['a 1 2', 'a 2 1', '# EOF'], 'line 2, column 1: the timestamps of a metric must increase'],
  [
    'openmetrics',
    ['a 1', 'a 2 1', '# EOF'],
    'line 2, column 1: some samples of this metric have timestamps, others have none',
  ],
  [
    'openmetrics',
    ['# TYPE a gauge', 'a 1 # {x="1"} 1', '# EOF'],
    'line 2, column 1: an exemplar may stand on the _total of a counter or a _bucket of a histogram alone',
  ],
  [
    'openmetrics',
    ['# TYPE a counter', `a_total 1 # {x="${'y'.repeat(128)}"} 1`, '# EOF'],
    'line 2, column 1: the labels of the exemplar have 129 characters; at most 128 are allowed',
  ],
];

/** Everything that OpenMetrics shows of its types, without a fault. */
const GOOD = `# TYPE a counter
# UNIT a ${''}
# HELP a  A help that begins with a space, and \\"quotes\\".
a_total{x="1"} 17.0 1520879607.789 # {trace="KOO5"} 0.67 1520879607.5
a_created{x="1"} 1520430000.123 1520879607.789
a_total{x="2"} 0
# TYPE b_seconds histogram
# UNIT b_seconds seconds
b_seconds_bucket{le="0.5"} 1 # {} 0.1
b_seconds_bucket{le="1.0"} 1
b_seconds_bucket{le="+Inf"} 2
b_seconds_count 2
b_seconds_sum 3.5
# TYPE c gaugehistogram
c_bucket{le="-1.0"} 1
c_bucket{le="+Inf"} 2
c_gcount 2
# TYPE d summary
d{quantile="0.5"} NaN
d_sum -1
d_count 2
# TYPE e info
e_info{version="1"} 1
# TYPE f stateset
f{f="on"} 1
f{f="off"} 0
# TYPE g unknown
g 1 1
g 1 2
# TYPE a_b gauge
a_b -1
a_c -5
# EOF
`;

describe('the strict mode', () => {
  it.each([...GRAMMAR, ...FAMILIES, ...SAMPLES])(
    'should refuse in %s the lines %j',
    (format, lines, problem) => {
      const text = lines.map((line) => `${line}\n`).join('');
      const withoutEnd = format === 'openmetrics' && !lines.includes('# EOF');

      expect(lintExposition(text, { format })[0]?.message).toContain(problem);
      expect(() => parseExposition(text, { format, isStrict: true })).toThrow(problem);
      // All but a missing end is accepted out of kindness, or is no matter of the grammar.
      if (!withoutEnd && !lines.includes('')) expect(() => parseExposition(text, { format })).not.toThrow();
    },
  );

  it('should find nothing wrong with a text that keeps every rule', () => {
    expect(lintExposition(GOOD, { format: 'openmetrics' })).toEqual([]);
  });

  it('should list every problem of a text, in order, one for each line that cannot be read', () => {
    const problems = lintExposition('a one\nb 1\nb 1\nc{ 2\n# TYPE d bogus\n');

    expect(problems.map(({ line, column }) => `${line}:${column}`)).toEqual(['1:3', '3:1', '4:4', '5:10']);
  });

  it('should stop after the number of problems that was asked for', () => {
    expect(lintExposition('?\n'.repeat(1000), { maxProblems: 7 })).toHaveLength(7);
  });

  it('should name what cannot be read alone, where it is asked to be lenient', () => {
    expect(lintExposition('a{b=c} 1\na{b=c} 1\n', { isStrict: false })).toEqual([]);
    expect(lintExposition('a 1\n', { isStrict: false, format: 'openmetrics' })).toHaveLength(1);
  });

  it('should take time in proportion to the text, faulty or not', () => {
    // Not timed: a reader that looks at the whole text for each line would run into the deadline of the test.
    const lines = 20_000;
    expect(lintExposition('a{x="1"} one\n'.repeat(lines), { maxProblems: lines })).toHaveLength(lines);
    expect(lintExposition('a 1\n'.repeat(lines), { maxProblems: lines })).toHaveLength(lines - 1);
    expect(lintExposition(`a{${'x="1",'.repeat(lines)}} 1\n`)).toHaveLength(1);
    expect(lintExposition(`# HELP a ${'\\'.repeat(lines)}\n`)).toEqual([]);
  });
});
