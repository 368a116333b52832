import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderStarts } from './start-order.ts';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'] as const;

describe('orderStarts', () => {
  it('should start what needs nothing together, and first', () => {
    const needs = new Map([
      ['web', ['db', 'mq']],
      ['db', []],
      ['mq', []],
      ['probe', ['web', 'unknown']],
    ]);

    expect(orderStarts(needs)).toEqual({ kind: 'ordered', groups: [['db', 'mq'], ['web'], ['probe']] });
  });

  it('should either start everybody after those that they need, or name a circle that is one', () => {
    const anyNeeds = fc
      .array(fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...NAMES)), { maxLength: 10 })
      .map(
        (edges) =>
          new Map(NAMES.map((name) => [name, edges.filter(([from]) => from === name).map(([, to]) => to)])),
      );
    fc.assert(
      fc.property(anyNeeds, (needs) => {
        const order = orderStarts(needs);
        if (order.kind === 'cyclic') {
          for (const [i, name] of order.names.entries()) {
            const next = order.names[(i + 1) % order.names.length];
            expect(needs.get(name as 'a')).toContain(next);
          }
          return;
        }
        const at = (name: string): number => order.groups.findIndex((group) => group.includes(name));
        expect(order.groups.flat().toSorted()).toEqual([...NAMES]);
        for (const [name, others] of needs)
          for (const other of others) expect(at(other)).toBeLessThan(at(name));
      }),
    );
  });
});
