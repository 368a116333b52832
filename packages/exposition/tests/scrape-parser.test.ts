import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS, ScrapeParser } from '../src/index.ts';
import type { ExpositionFormat, Scrape } from '../src/index.ts';
import { readLongestRecording } from './_support/recording.ts';

describe('ScrapeParser', () => {
  it('should read every scrape of a recording as a fresh parser does, value for value', () => {
    const parser = new ScrapeParser();
    const recording = readLongestRecording().slice(0, 60);
    const first = parser.parse(recording[0] as Buffer, 'text');

    for (const body of recording) {
      const scrape = parser.parse(body, 'text');
      const fresh = new ScrapeParser().parse(body, 'text');
      // One layout means that everything but the values was passed over.
      expect(scrape.layout).toBe(first.layout);
      expect(fresh.layout.series.length).toBe(550);
      expect(Buffer.from(scrape.values.buffer).equals(Buffer.from(fresh.values.buffer))).toBe(true);
    }
  });

  it('should give the series their canonical keys and leave out empty labels', () => {
    const { layout } = parse('b{z="1",a="2"} 1\na{x=""} 1\nc{ code=200 } 1\n{"d.e",f="g"} 1\n');

    expect(layout.series.map(({ key }) => key)).toEqual([
      'b{a="2",z="1"}',
      'a',
      'c{code="200"}',
      '{"d.e",f="g"}',
    ]);
  });

  it.each([
    ['the same text', 'a{x="1",y="2"} 1\nb 5\na{x="1",y="2"} 2\n'],
    ['another order of the labels', 'a{x="1",y="2"} 1\nb 5\na{y="2",x="1"} 2\n'],
    ['the ordered labels last', 'a{y="2",x="1"} 1\nb 5\na{x="1",y="2"} 2\n'],
    ['an empty label', 'a{x="1",y="2"} 1\nb 5\na{x="1",y="2",z=""} 2\n'],
    ['other blanks', 'a{x="1",y="2"} 1\nb 5\na{ x="1", y=2 } 2\n'],
  ])('should refuse and count a sample that stands twice: %s', (_, text) => {
    const parser = new ScrapeParser();
    for (let round = 0; round < 3; round += 1) {
      const { layout, values, duplicates } = parser.parse(Buffer.from(text), 'text');

      expect(layout.series.map(({ key }) => key)).toEqual(['a{x="1",y="2"}', 'b']);
      expect([...values]).toEqual([1, 5]);
      expect(duplicates).toBe(1);
    }
  });

  it('should make a new layout when a series comes, goes or moves, and keep the series that it knew', () => {
    const parser = new ScrapeParser();
    const parseMore = (text: string): Scrape => parser.parse(Buffer.from(text), 'text');

    const one = parseMore('a{i="1"} 1\na{i="2"} 2\n');
    const come = parseMore('a{i="1"} 1\na{i="3"} 3\na{i="2"} 2\n');
    const moved = parseMore('a{i="2"} 2\na{i="3"} 3\na{i="1"} 1\n');
    const gone = parseMore('a{i="2"} 4\n');

    expect([...come.values]).toEqual([1, 3, 2]);
    expect(come.layout).not.toBe(one.layout);
    expect(come.layout.series[0]).toBe(one.layout.series[0]);
    expect(moved.layout.series.map(({ key }) => key)).toEqual(['a{i="2"}', 'a{i="3"}', 'a{i="1"}']);
    expect(moved.layout.series[0]).toBe(one.layout.series[1]);
    expect([...gone.values]).toEqual([4]);
    expect(gone.layout.series[0]).toBe(one.layout.series[1]);
  });

  it('should keep the layout when comments alone change', () => {
    const parser = new ScrapeParser();

    const before = parser.parse(Buffer.from('# HELP a one\na 1\n'), 'text');
    const after = parser.parse(Buffer.from('# HELP a two\n\na 2\n# bye\n'), 'text');

    expect(after.layout).toBe(before.layout);
    expect([...after.values]).toEqual([2]);
  });

  it('should give each scrape values of its own', () => {
    const parser = new ScrapeParser();
    const before = parser.parse(Buffer.from('a 1\nb 2\n'), 'text');

    parser.parse(Buffer.from('a 3\nb 2\n'), 'text');

    expect([...before.values]).toEqual([1, 2]);
  });

  it('should tell numbers apart that begin alike, at the end of a text without a line end too', () => {
    const parser = new ScrapeParser();
    const texts = ['a 1', 'a 12', 'a 1\n', 'a 1\nb 1', 'a 1\nb 15', 'a 1\nb 1\n', 'a 1'];

    expect(texts.map((text) => [...parser.parse(Buffer.from(text), 'text').values])).toEqual([
      [1],
      [12],
      [1],
      [1, 1],
      [1, 15],
      [1, 1],
      [1],
    ]);
  });

  it('should read timestamps that come, change and go', () => {
    const parser = new ScrapeParser();
    const timestampsOf = (text: string): readonly number[] | undefined => {
      const { timestampsMs } = parser.parse(Buffer.from(text), 'text');
      return timestampsMs && [...timestampsMs];
    };

    expect(timestampsOf('a 1\nb 2\n')).toBeUndefined();
    expect(timestampsOf('a 1\nb 2 1000\n')).toEqual([Number.NaN, 1000]);
    expect(timestampsOf('a 1 5\nb 2 1000\n')).toEqual([5, 1000]);
    expect(timestampsOf('a 1 5\nb 2 1001\n')).toEqual([5, 1001]);
    expect(timestampsOf('a 1 5\nb 2\n')).toEqual([5, Number.NaN]);
  });

  it('should refuse OpenMetrics whose end is missing, also when everything before is the same', () => {
    const parser = new ScrapeParser();
    parser.parse(Buffer.from('a 1\nb 2\n# EOF\n'), 'openmetrics');

    expect(() => parser.parse(Buffer.from('a 1\nb 2\n'), 'openmetrics')).toThrow(
      'expected # EOF as the last line',
    );
    expect(() => parser.parse(Buffer.from('a 1\n'), 'openmetrics')).toThrow(
      'expected # EOF as the last line',
    );
    expect(() => parser.parse(Buffer.from('a 1\nb 2\n# EOF\nc 1\n'), 'openmetrics')).toThrow(
      'nothing may follow # EOF',
    );
  });

  it('should say where a text is wrong, and read the next good one as if nothing had been', () => {
    const parser = new ScrapeParser();
    const before = parser.parse(Buffer.from('# x\na 1\nb 2\n'), 'text');

    expect(() => parser.parse(Buffer.from('# x\na 1\nb two\n'), 'text')).toThrow(
      'line 3, column 3: expected a number, found "two"',
    );
    const after = parser.parse(Buffer.from('# x\na 1\nb 3\n'), 'text');

    expect(after.layout).toBe(before.layout);
    expect([...after.values]).toEqual([1, 3]);
  });

  it('should read the same bytes by the format they came in', () => {
    const parser = new ScrapeParser();
    const body = Buffer.from('a 1 2\n# EOF\n');

    expect(parser.parse(body, 'text').timestampsMs?.[0]).toBe(2);
    expect(parser.parse(body, 'openmetrics').timestampsMs?.[0]).toBe(2000);
  });

  it('should refuse bytes that are not UTF-8 in a comment too', () => {
    expect(() => new ScrapeParser().parse(Buffer.from([0x23, 0xff, 0x0a]), 'text')).toThrow(
      'line 1, column 2: the bytes are not UTF-8',
    );
  });

  it('should refuse a text over a limit', () => {
    const parser = new ScrapeParser({ limits: { ...DEFAULT_LIMITS, maxSamples: 1, maxBytes: 9 } });

    expect(() => parser.parse(Buffer.from('a 1\nb 2\n'), 'text')).toThrow('more than 1 samples');
    expect(() => parser.parse(Buffer.from('a 1234567890\n'), 'text')).toThrow('at most 9 are allowed');
  });

  it('should always read a text after another as a fresh parser reads it', () => {
    const line = fc
      .tuple(
        fc.constantFrom(
          'a',
          'b',
          'a{x="1"}',
          'a{x="1",y="ü"}',
          'a{y="ü",x="1"}',
          'a{ x=1 }',
          '{"a",x="1"}',
          '# c',
          '',
          'a{x="1\\n"}',
        ),
        fc.constantFrom('1', '12', '-0', 'NaN', '1.5e300', '7 5'),
        fc.constantFrom('\n', '\r\n'),
      )
      .map(([head, value, end]) =>
        head === '' || head.startsWith('#') ? head + end : `${head} ${value}${end}`,
      );
    const text = fc.array(line, { maxLength: 8 }).map((lines) => lines.join(''));
    fc.assert(
      fc.property(fc.array(text, { minLength: 2, maxLength: 6 }), (texts) => {
        const parser = new ScrapeParser();
        for (const one of texts) {
          expect(readable(parser.parse(Buffer.from(one), 'text'))).toEqual(readable(parse(one)));
        }
      }),
      { numRuns: 500 },
    );
  });
});

function parse(text: string, format: ExpositionFormat = 'text'): Scrape {
  return new ScrapeParser().parse(Buffer.from(text), format);
}

function readable({ layout, values, timestampsMs, duplicates }: Scrape): unknown {
  return {
    series: layout.series,
    values: [...values],
    timestampsMs: timestampsMs && [...timestampsMs],
    duplicates,
  };
}
