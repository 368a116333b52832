import { describe, expect, it } from 'vitest';

import { parseScopes } from './scope.ts';

describe('parseScopes', () => {
  it('should answer each scope once, in one order', () => {
    expect(parseScopes(['monitor:read', 'calendar', 'calendar'])).toEqual(['calendar', 'monitor:read']);
  });

  it('should name an unknown scope and those that there are', () => {
    expect(() => parseScopes(['calendar', 'admin'])).toThrow(
      "'admin' is no scope; allowed are calendar, monitor:read",
    );
  });

  it('should refuse none at all', () => {
    expect(() => parseScopes([])).toThrow('no scope is given; allowed are calendar, monitor:read');
  });
});
