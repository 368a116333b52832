import { ScrapeParser, type Scrape } from '@daywatch/exposition';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countRefused, LayoutLabeller, pickColumns } from '../src/index.ts';

const targetNames = new Set(['job', 'instance', 'env']);

function read(text: string): Scrape {
  return new ScrapeParser().parse(new TextEncoder().encode(text), 'text');
}

function keysOf(text: string, honorsLabels = false): readonly string[] {
  return new LayoutLabeller({ targetNames, honorsLabels })
    .label(read(text).layout)
    .series.map(({ key }) => key);
}

describe('the clash rules', () => {
  it.each([
    ['a{x="1"} 1', 'a{x="1"}'],
    ['a{job="theirs"} 1', 'a{exported_job="theirs"}'],
    ['a{job="1",zone="2",env="3"} 1', 'a{exported_env="3",exported_job="1",zone="2"}'],
    ['a{job="1",exported_job="2"} 1', 'a{exported_exported_job="1",exported_job="2"}'],
    ['a{exported_job="2"} 1', 'a{exported_job="2"}'],
    ['a{job=""} 1', 'a'],
  ])('should store %s as %s', (text, key) => {
    expect(keysOf(text)).toEqual([key]);
  });

  it('should leave the labels of the target as they are where it is honoured', () => {
    expect(keysOf('a{job="theirs",exported_job="2"} 1', true)).toEqual(['a{exported_job="2",job="theirs"}']);
  });

  it('should refuse and count series that become equal, and reserved ones', () => {
    const scrape = read(
      'a{exported_job="x"} 1\na{job="x"} 2\nup 3\nb 4\nb 5\nup{x="1"} 6\nscrape_duration_seconds 7\n',
    );
    const labelled = new LayoutLabeller({ targetNames, honorsLabels: false }).label(scrape.layout);

    expect(labelled.series.map(({ key }) => key)).toEqual(['a{exported_job="x"}', 'b', 'up{x="1"}']);
    expect([...pickColumns(scrape.values, labelled)]).toEqual([1, 4, 6]);
    expect(countRefused(scrape, labelled)).toBe(4);
  });

  it('should label a layout once, and copy no values where every column is kept', () => {
    const labeller = new LayoutLabeller({ targetNames, honorsLabels: false });
    const { layout, values } = read('a 1\nb 2\n');

    expect(labeller.label(layout)).toBe(labeller.label(layout));
    expect(pickColumns(values, labeller.label(layout))).toBe(values);
  });

  it('should never leave two series alike, nor one with a label of the target', () => {
    const name = fc.constantFrom(
      'job',
      'exported_job',
      'exported_exported_job',
      'instance',
      'exported_instance',
      'x',
    );
    const series = fc
      .tuple(fc.constantFrom('a', 'up'), fc.dictionary(name, fc.constantFrom('1', '2'), { maxKeys: 4 }))
      .map(
        ([metric, labels]) =>
          `${metric}{${Object.entries(labels)
            .map(([key, value]) => `${key}="${value}"`)
            .join(',')}} 1\n`,
      );
    fc.assert(
      fc.property(fc.array(series, { maxLength: 12 }), (lines) => {
        const scrape = read(lines.join(''));
        const labelled = new LayoutLabeller({ targetNames, honorsLabels: false }).label(scrape.layout);
        const keys = labelled.series.map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
        expect(
          labelled.series.flatMap(({ labels }) => labels).some((label) => targetNames.has(label.name)),
        ).toBe(false);
        expect(keys.length + countRefused(scrape, labelled)).toBe(lines.length);
      }),
    );
  });
});
