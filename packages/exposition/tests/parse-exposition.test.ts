import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS, ExpositionError, parseExposition } from '../src/index.ts';
import type { ExpositionFormat, MetricFamily, Sample } from '../src/index.ts';

describe('parseExposition', () => {
  it('should read a text of Prometheus with metadata, labels, timestamps and escapes', () => {
    const text = [
      '# HELP http_requests_total The total\\nnumber of \\\\ "requests".',
      '# TYPE http_requests_total counter',
      'http_requests_total{method="post",code="200"} 1027 1395066363000',
      'http_requests_total{method="post",code="400",}    3 1395066363000',
      '',
      '# Escaping in label values:',
      'msdos_file_access_time_seconds{path="C:\\\\DIR\\\\FILE.TXT",error="Cannot find file:\\n\\"FILE.TXT\\""} 1.458255915e9',
      'something_weird{problem="division by zero"} +Inf -3982045',
      '',
    ].join('\n');

    expect(parseExposition(text)).toEqual<readonly MetricFamily[]>([
      {
        name: 'http_requests_total',
        type: 'counter',
        help: 'The total\nnumber of \\ "requests".',
        samples: [
          sample('http_requests_total', { method: 'post', code: '200' }, 1027, {
            timestampMs: 1395066363000,
          }),
          sample('http_requests_total', { method: 'post', code: '400' }, 3, { timestampMs: 1395066363000 }),
        ],
      },
      {
        name: 'msdos_file_access_time_seconds',
        type: 'unknown',
        samples: [
          sample(
            'msdos_file_access_time_seconds',
            { path: 'C:\\DIR\\FILE.TXT', error: 'Cannot find file:\n"FILE.TXT"' },
            1458255915,
          ),
        ],
      },
      {
        name: 'something_weird',
        type: 'unknown',
        samples: [
          sample('something_weird', { problem: 'division by zero' }, Infinity, { timestampMs: -3982045 }),
        ],
      },
    ]);
  });

  it('should read the families of OpenMetrics with units, exemplars and timestamps in seconds', () => {
    const text = [
      '# TYPE acme_http_seconds histogram',
      '# UNIT acme_http_seconds seconds',
      '# HELP acme_http_seconds Latency of \\"all\\" requests.',
      'acme_http_seconds_bucket{le="0.5"} 17 1520879607.789 # {trace_id="KOO5S4vxi0o"} 0.067 1520879606.5',
      'acme_http_seconds_bucket{le="+Inf"} 18 1520879607.789 # {} 9.8',
      'acme_http_seconds_count 18 1520879607.789',
      '# EOF',
      '',
    ].join('\n');

    expect(parseExposition(text, { format: 'openmetrics' })).toEqual<readonly MetricFamily[]>([
      {
        name: 'acme_http_seconds',
        type: 'histogram',
        help: 'Latency of "all" requests.',
        unit: 'seconds',
        samples: [
          sample('acme_http_seconds_bucket', { le: '0.5' }, 17, {
            timestampMs: 1520879607789,
            exemplar: {
              labels: [{ name: 'trace_id', value: 'KOO5S4vxi0o' }],
              value: 0.067,
              timestampMs: 1520879606500,
            },
          }),
          sample('acme_http_seconds_bucket', { le: '+Inf' }, 18, {
            timestampMs: 1520879607789,
            exemplar: { labels: [], value: 9.8 },
          }),
          sample('acme_http_seconds_count', {}, 18, { timestampMs: 1520879607789 }),
        ],
      },
    ]);
  });

  it('should accept the teaching form with a blank in the braces and a value without quotes', () => {
    expect(samplesOf('request_duration_seconds{domain="localhost", code=200} 0.0032')).toEqual([
      sample('request_duration_seconds', { domain: 'localhost', code: '200' }, 0.0032),
    ]);
  });

  it.each<[string, string, Sample]>([
    ['CRLF', 'up{a="b"} 1\r\n', sample('up', { a: 'b' }, 1)],
    ['no line end at all', 'up 1', sample('up', {}, 1)],
    [
      'blanks and tabs around everything',
      '\t up { a = "b" , c= "d" } \t1 \t 5 \t\n',
      sample('up', { a: 'b', c: 'd' }, 1, { timestampMs: 5 }),
    ],
    ['empty braces', 'up{} 1', sample('up', {}, 1)],
    ['a value that touches the braces', 'up{a="b"}1', sample('up', { a: 'b' }, 1)],
    ['a quoted metric name', '{"my.metric", a="b"} 1', sample('my.metric', { a: 'b' }, 1)],
    ['a quoted label name', 'up{"the label"="b"} 1', sample('up', { 'the label': 'b' }, 1)],
    ['UTF-8', '{"größe","名前"="値 \\"x\\""} 1', sample('größe', { 名前: '値 "x"' }, 1)],
    ['an escape that means nothing', 'up{a="\\d"} 1', sample('up', { a: '\\d' }, 1)],
    ['separators within quotes', 'up{a="x},{y=#"} 1', sample('up', { a: 'x},{y=#' }, 1)],
    ['a colon in a name', 'job:up:sum 1', sample('job:up:sum', {}, 1)],
    ['an empty label value', 'up{a=""} 1', sample('up', { a: '' }, 1)],
  ])('should read %s', (_, text, expected) => {
    expect(samplesOf(text)).toEqual([expected]);
  });

  it.each<[string, number]>([
    ['0', 0],
    ['-0', -0],
    ['+7', 7],
    ['1.', 1],
    ['.5', 0.5],
    ['1e5', 1e5],
    ['1.5E-3', 0.0015],
    ['1.7953092717443287e+09', 1.7953092717443287e9],
    ['9007199254740993', 9007199254740992],
    ['123456789012345678901234567890', Number('123456789012345678901234567890')],
    ['4.9e-324', 5e-324],
    ['2.2250738585072011e-308', Number('2.2250738585072011e-308')],
    ['1.7976931348623157e308', Number.MAX_VALUE],
    ['0.000000000000000000000000000001', 1e-30],
    ['00012', 12],
    ['NaN', Number.NaN],
    ['nan', Number.NaN],
    ['+Inf', Infinity],
    ['-inf', -Infinity],
    ['Infinity', Infinity],
    ['-INFINITY', -Infinity],
  ])('should read the number %s exactly', (text, expected) => {
    expect(samplesOf(`a ${text}`)[0]?.value).toBe(expected);
  });

  it.each<[ExpositionFormat, string, string]>([
    ['text', 'up\n', 'line 1, column 3: expected a blank and a value, or "{", found the end of the line'],
    ['text', 'up{a="b"} one\n', 'line 1, column 11: expected a number, found "one"'],
    [
      'text',
      'a 1\nb{x=} 2\n',
      'line 2, column 5: expected a double quote before the value of "x", found "} 2"',
    ],
    ['text', 'up{a="b\n', 'line 1, column 8: expected a closing double quote, found the end of the line'],
    ['text', 'up{a="b\\\n', 'line 1, column 9: expected a closing double quote, found the end of the line'],
    ['text', 'up{a="b" c="d"} 1', 'line 1, column 10: expected "," or "}", found "c=\\"d\\"} 1"'],
    [
      'text',
      'up{ä="ö" c="d"} 1',
      'line 1, column 4: expected a label name or "}", found "ä=\\"ö\\" c=\\"d\\"} 1"',
    ],
    ['text', 'up{a="ö" c="d"} 1', 'line 1, column 10: expected "," or "}", found "c=\\"d\\"} 1"'],
    ['text', 'up{a="1",a="2"} 1', 'line 1, column 10: the label "a" occurs twice'],
    [
      'text',
      'up{__name__="x"} 1',
      'line 1, column 4: the name of a metric stands before the braces, not in a label "__name__"',
    ],
    ['text', 'up{"x"} 1', 'line 1, column 3: the sample has two names; "x" is the second'],
    [
      'text',
      '{a="b"} 1',
      'line 1, column 1: expected a metric name before the braces, or a quoted one first between them, found "{a=\\"b\\"} 1"',
    ],
    ['text', 'up 1 2 3', 'line 1, column 8: expected the end of the line, found "3"'],
    ['text', 'up 1x', 'line 1, column 5: expected a blank or the end of the line after the value, found "x"'],
    ['text', 'up 1 1.5', 'line 1, column 7: expected the end of the line, found ".5"'],
    [
      'text',
      'up 0x10',
      'line 1, column 5: expected a blank or the end of the line after the value, found "x10"',
    ],
    [
      'text',
      'up 1_000',
      'line 1, column 5: expected a blank or the end of the line after the value, found "_000"',
    ],
    ['text', 'up 1e', 'line 1, column 6: expected a digit of the exponent, found the end of the text'],
    [
      'text',
      'up 1 # {a="b"} 1',
      'line 1, column 6: expected the end of the line; exemplars are OpenMetrics, and this is Prometheus text, found "# {a=\\"b\\"} 1"',
    ],
    ['text', '<html>\n', 'line 1, column 1: expected a metric name, found "<html>"'],
    [
      'text',
      '# TYPE a bogus\n',
      'line 1, column 10: expected a type, one of counter, gauge, histogram, summary, untyped, found "bogus"',
    ],
    ['text', '# TYPE 9a gauge\n', 'line 1, column 8: expected a metric name, found "9a gauge"'],
    ['text', '# HELP \n', 'line 1, column 8: expected a metric name, found the end of the line'],
    [
      'text',
      'up 1 99999999999999999999',
      'line 1, column 6: the timestamp is out of range; at most 8640000000000000 ms from 1970 are allowed',
    ],
    ['openmetrics', 'up 1\n', 'line 2, column 1: expected # EOF as the last line, found the end of the text'],
    ['openmetrics', '# EOF\nup 1\n', 'line 2, column 1: nothing may follow # EOF'],
    [
      'openmetrics',
      'up 1 NaN\n# EOF\n',
      'line 1, column 6: the timestamp is out of range; at most 8640000000000000 ms from 1970 are allowed',
    ],
  ])('should say in %s where %j is wrong and what was expected', (format, text, message) => {
    expect(() => parseExposition(text, { format })).toThrow(message);
  });

  it('should refuse bytes that are not UTF-8, and say where', () => {
    const text = Buffer.concat([
      Buffer.from('ok 1\nup{a="ö'),
      Buffer.from([0xc3, 0x28]),
      Buffer.from('"} 1\n'),
    ]);

    expect(failureOf(() => parseExposition(text))).toMatchObject({ code: 'encoding', line: 2, column: 8 });
  });

  it.each<[string, string, Partial<typeof DEFAULT_LIMITS>]>([
    ['bytes', 'up 1\n', { maxBytes: 4 }],
    ['samples', 'a 1\nb 2\nc 3\n', { maxSamples: 2 }],
    ['labels', 'a{b="1",c="2"} 1', { maxLabels: 1 }],
    ['the length of a metric name', 'abcd 1', { maxNameBytes: 3 }],
    ['the length of a label name', 'a{bcde="1"} 1', { maxNameBytes: 3 }],
    ['the length of a label value', 'a{b="123456"} 1', { maxValueBytes: 5 }],
    ['the length of a name in a comment', '# TYPE abcd gauge', { maxNameBytes: 3 }],
  ])('should refuse a text over the limit of %s', (_, text, limit) => {
    const limits = { ...DEFAULT_LIMITS, ...limit };

    expect(failureOf(() => parseExposition(text, { limits }))).toMatchObject({ code: 'limit' });
  });

  it('should collect the lines of a family that stands in two places', () => {
    const [a, b] = parseExposition('# TYPE a gauge\na{x="1"} 1\nb 2\na{x="2"} 3\n');

    expect(a?.samples.map(({ value }) => value)).toEqual([1, 3]);
    expect(b?.samples.map(({ value }) => value)).toEqual([2]);
  });

  it('should give the samples of a histogram to its family and keep other suffixes apart', () => {
    const families = parseExposition(
      '# TYPE h histogram\nh_bucket{le="+Inf"} 1\nh_sum 1\nh_count 1\nh_other 1\n',
    );

    expect(families.map(({ name, samples }) => [name, samples.length])).toEqual([
      ['h', 3],
      ['h_other', 1],
    ]);
  });

  it('should take words that only look like metadata for comments in Prometheus text', () => {
    expect(parseExposition('#HELP\n# HELPFUL words\n# UNIT tests follow\n# EOF\n#\n# \nup 1\n')).toHaveLength(
      1,
    );
  });
});

function sample(
  name: string,
  labels: Readonly<Record<string, string>>,
  value: number,
  rest: Partial<Sample> = {},
): Sample {
  return {
    name,
    labels: Object.entries(labels).map(([key, text]) => ({ name: key, value: text })),
    value,
    ...rest,
  };
}

function samplesOf(text: string): readonly Sample[] {
  return parseExposition(text).flatMap(({ samples }) => samples);
}

function failureOf(work: () => unknown): ExpositionError {
  try {
    work();
  } catch (error) {
    if (error instanceof ExpositionError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
