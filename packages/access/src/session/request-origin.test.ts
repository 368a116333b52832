import { describe, expect, it } from 'vitest';

import { isFromOurPage } from './request-origin.ts';

const POST = { method: 'POST', host: 'localhost:8888', origin: undefined, secFetchSite: undefined };

describe('isFromOurPage', () => {
  it.each([
    { ...POST, secFetchSite: 'same-origin', origin: 'http://localhost:8888' },
    { ...POST, secFetchSite: 'same-origin' },
    { ...POST, origin: 'http://localhost:8888' },
    { ...POST, host: 'daywatch.example', origin: 'https://daywatch.example' },
    { ...POST, host: 'daywatch.example:443', origin: 'https://daywatch.example' },
    { ...POST, host: 'DAYWATCH.example', origin: 'https://daywatch.example' },
    { ...POST, host: '[::1]:8888', origin: 'http://[::1]:8888' },
    { ...POST, method: 'GET' },
    { ...POST, method: 'HEAD', secFetchSite: 'cross-site' },
  ])('should take $method from $origin ($secFetchSite) to $host', (request) => {
    expect(isFromOurPage(request)).toBe(true);
  });

  it.each([
    POST,
    { ...POST, secFetchSite: 'cross-site' },
    { ...POST, secFetchSite: 'same-site', origin: 'http://localhost:8000' },
    { ...POST, secFetchSite: 'none' },
    { ...POST, origin: 'http://localhost:8889' },
    { ...POST, origin: 'http://evil.example' },
    { ...POST, origin: 'null' },
    { ...POST, origin: 'file://' },
    { ...POST, origin: 'http://localhost:8888', host: undefined },
    { ...POST, origin: 'not an origin' },
    { ...POST, host: '/', origin: 'http://localhost:8888' },
    { ...POST, method: 'DELETE' },
    { ...POST, method: 'get' },
  ])('should refuse $method from $origin ($secFetchSite) to $host', (request) => {
    expect(isFromOurPage(request)).toBe(false);
  });
});
