import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignLines, toDrawable } from './align-lines.ts';
import {
  boundsOf,
  LAST_RANGES,
  pan,
  readState,
  writeState,
  zoom,
  type ExplorerState,
} from './explorer-state.ts';
import { formatValue } from './format-value.ts';
import { readValue } from './read-value.ts';
import { complete, findSlot, rank } from './suggest.ts';
import { sumUp } from './sum-up.ts';

describe('the address of the explorer', () => {
  it('should say all that is shown, and be read as it was written', () => {
    const range = fc.oneof(
      fc
        .constantFrom(...(Object.keys(LAST_RANGES) as (keyof typeof LAST_RANGES)[]))
        .map((name) => ({ kind: 'last', name }) as const),
      fc
        .tuple(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 10_000, max: 3e10 }))
        .map(([startMs, lengthMs]) => ({ kind: 'fixed', startMs, endMs: startMs + lengthMs }) as const),
    );
    const state = fc.record<ExplorerState>({
      selectors: fc.array(
        fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.isWellFormed()),
        { maxLength: 6 },
      ),
      range,
      kind: fc.constantFrom('value', 'rate'),
      view: fc.constantFrom('chart', 'table'),
    });
    fc.assert(
      fc.property(state, (given) => {
        const { search } = new URL(writeState(given), 'http://here');
        expect(readState(search)).toEqual(given);
      }),
    );
  });

  it.each(['', '?from=x&to=y', '?from=2031-01-02T00:00:00Z&to=2031-01-01T00:00:00Z', '?range=2y', '?q='])(
    'should show the last hour for %j',
    (search) => {
      expect(readState(search)).toMatchObject({ selectors: [], range: { kind: 'last', name: '1h' } });
    },
  );
});

describe('zoom and pan', () => {
  const NOW = 1_000_000_000;
  const hour = { kind: 'last', name: '1h' } as const;

  it('should take the part that was chosen, but never less than can be seen', () => {
    expect(zoom(hour, 0.25, 0.5, NOW)).toEqual({
      kind: 'fixed',
      startMs: NOW - 2_700_000,
      endMs: NOW - 1_800_000,
    });
    const { startMs, endMs } = boundsOf(zoom(hour, 0.5, 0.5, NOW), NOW);
    expect(endMs - startMs).toBe(10_000);
  });

  it('should move on at the same length, and not beyond now', () => {
    const back = pan(hour, -0.5, NOW);
    expect(back).toEqual({ kind: 'fixed', startMs: NOW - 5_400_000, endMs: NOW - 1_800_000 });
    expect(pan(back, 9, NOW)).toEqual({ kind: 'fixed', startMs: NOW - 3_600_000, endMs: NOW });
  });
});

describe('completion', () => {
  // The cursor stands at the bar.
  const at = (marked: string) => {
    const cursor = marked.indexOf('|');
    return findSlot(marked.replace('|', ''), cursor);
  };

  it.each([
    ['|', { kind: 'name', typed: '' }],
    ['go_|gc', { kind: 'name', typed: 'go_', end: 5 }],
    ['up{|', { kind: 'label', metric: 'up', typed: '' }],
    ['up{jo|}', { kind: 'label', metric: 'up', typed: 'jo' }],
    ['up{job="a", in|', { kind: 'label', metric: 'up', typed: 'in' }],
    ['{in|', { kind: 'label', metric: '', typed: 'in' }],
    ['up{job="|', { kind: 'value', metric: 'up', label: 'job', typed: '' }],
    ['up{job=~"a\\"b|c"}', { kind: 'value', label: 'job', typed: 'a\\"b', end: 14 }],
  ])('should know what is typed in %s', (marked, slot) => {
    expect(at(marked)).toMatchObject(slot);
  });

  it.each(['up{job|="a"}'.replace('|', '') + '|', 'up{job="a"|', 'go gc|'])(
    'should offer nothing in %s',
    (marked) => {
      expect(at(marked)).toBeUndefined();
    },
  );

  it.each([
    ['go_|', 'go_threads', 'go_threads|'],
    ['up{|', 'job', 'up{job="|"}'],
    ['up{jo|}', 'job', 'up{job="|"}'],
    ['up{jo|="a"}', 'job', 'up{job|="a"}'],
    ['up{job="|"}', 'a"b', 'up{job="a\\"b"|}'],
    ['up{job="x|', 'xyz', 'up{job="xyz"|}'],
  ])('should make of %s with %s: %s', (marked, choice, expected) => {
    const slot = at(marked);
    if (!slot) throw new Error('nothing to complete');
    const { text, cursor } = complete(marked.replace('|', ''), slot, choice);
    expect(`${text.slice(0, cursor)}|${text.slice(cursor)}`).toBe(expected);
  });

  it('should offer first what begins so, then what has it in it', () => {
    expect(rank(['http_up', 'up', 'Upper', 'down'], 'up')).toEqual(['up', 'Upper', 'http_up']);
  });
});

describe('alignLines', () => {
  it('should put lines of different times on one axis, gaps where one has nothing', () => {
    const { timesS, rows } = alignLines([
      { timestampsMs: [1000, 3000], values: [1, null] },
      { timestampsMs: [2000, 3000], values: [5, 6] },
    ]);
    expect(timesS).toEqual([1, 2, 3]);
    expect(rows).toEqual([
      [1, undefined, null],
      [undefined, 5, 6],
    ]);
  });
});

describe('what is no finite number', () => {
  const values = ([4, 'NaN', '+Inf', '-Inf', null] as const).map(readValue);

  it('should be said in the table, and an interruption not', () => {
    expect(values.map((value) => formatValue(value, 'en'))).toEqual(['4', 'NaN', '+Inf', '-Inf', '']);
  });

  it('should interrupt the line that is drawn', () => {
    expect(toDrawable([...values, undefined])).toEqual([4, null, null, null, null, undefined]);
  });

  it('should be summed up as the last, and as the least or greatest where it is infinite', () => {
    expect(sumUp([2, NaN, 4, null])).toEqual({ last: 4, least: 2, mean: 3, greatest: 4 });
    expect(sumUp([2, Infinity, NaN])).toEqual({ last: NaN, least: 2, mean: Infinity, greatest: Infinity });
    expect(sumUp([null, NaN])).toEqual({ last: NaN, least: undefined, mean: undefined, greatest: undefined });
    expect(sumUp([]).last).toBeUndefined();
  });
});
