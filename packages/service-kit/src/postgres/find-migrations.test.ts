import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findMigrations } from './find-migrations.ts';

describe('the migrations', () => {
  const schemasOf = (...needed: Parameters<typeof findMigrations>) =>
    findMigrations(...needed).map(({ schema }) => schema);

  it('should be found of every schema, in the order in which they are applied', () => {
    expect(schemasOf(import.meta.dirname)).toEqual(['access', 'delivery', 'calendar', 'monitor']);
    for (const { directory } of findMigrations(import.meta.dirname)) expect(existsSync(directory)).toBe(true);
  });

  it('should be those alone that a process needs, whatever order it names them in', () => {
    expect(schemasOf(import.meta.dirname, ['calendar', 'delivery'])).toEqual(['delivery', 'calendar']);
  });
});
