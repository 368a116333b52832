import { expect, it } from 'vitest';

import { WeighedMap } from './weighed-map.ts';

it('should forget what was used longest ago as soon as all together weigh too much', () => {
  const map = new WeighedMap<string, number>(10);
  map.set('a', 1, 4);
  map.set('b', 2, 4);
  expect(map.get('a')).toBe(1);

  map.set('c', 3, 4);

  expect([...map.values()]).toEqual([1, 3]);
  expect(map.get('b')).toBeUndefined();
});

it('should weigh an entry anew when it is set again, and keep none that is too heavy', () => {
  const map = new WeighedMap<string, number>(10);
  map.set('a', 1, 9);
  map.set('a', 2, 3);
  map.set('b', 3, 7);
  expect([...map.values()]).toEqual([2, 3]);

  map.set('b', 4, 11);

  expect([...map.values()]).toEqual([]);
});
