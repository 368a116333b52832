import { expect, it } from 'vitest';
import type { Item } from '../item.ts';
import { searchItems } from './search-items.ts';

function item(title: string, startMs: number, location = ''): Item {
  return { title, location, span: { kind: 'timed', startMs, endMs: startMs + 1 } } as Item;
}

const ITEMS = [
  item('Café with Zoë', 10),
  item('Dentist', 20, 'Café'),
  item('Caffè', 30),
  item('cafe again', 40),
];

it('should find every word in title or place, without case and accents, what comes next first', () => {
  expect(searchItems(ITEMS, ' CAFE ', 25).map(({ title }) => title)).toEqual([
    'cafe again',
    'Dentist',
    'Café with Zoë',
  ]);
  expect(searchItems(ITEMS, 'zoe café', 0)).toHaveLength(1);
  expect(searchItems(ITEMS, '  ', 0)).toEqual([]);
});
