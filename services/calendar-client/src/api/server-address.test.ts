import { describe, expect, it } from 'vitest';
import { parseServerAddress } from './server-address.ts';

describe('parseServerAddress', () => {
  it.each([
    ['localhost:8888', 'localhost:8888', false, true],
    ['localhost', 'localhost:8888', false, true],
    ['http://localhost:8888/', 'localhost:8888', false, true],
    ['[::1]:9', '[::1]:9', false, true],
    ['127.0.0.2', '127.0.0.2:8888', false, true],
    ['https://calendar.example', 'calendar.example:443', true, false],
    ['127.example.org', '127.example.org:8888', false, false],
  ])('should read %s', (given, text, tls, isLoopback) => {
    expect(parseServerAddress(given, false)).toEqual({ text, target: `dns:///${text}`, tls, isLoopback });
  });

  it.each(['', 'a b', 'ftp://x', 'host:0', 'host:70000', 'host:', 'host/path', '::1'])(
    'should refuse %j',
    (given) => {
      expect(() => parseServerAddress(given, false)).toThrow(/is no address; allowed are host:port/);
    },
  );
});
