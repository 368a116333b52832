import { describe, expect, it } from 'vitest';
import { chooseCoding } from './choose-coding.ts';

const body = Buffer.from('x');
const both = { bodies: { identity: body, br: body, gzip: body } };

describe('chooseCoding', () => {
  it.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['*', 'br'],
    ['*;q=0', 'identity'],
    ['', 'identity'],
    [undefined, 'identity'],
    ['GZIP', 'gzip'],
  ])('should answer %j with %s', (accepted, coding) => {
    expect(chooseCoding(accepted, both)).toBe(coding);
  });

  it('should send a file as it is where nothing smaller lies beside it', () => {
    expect(chooseCoding('br, gzip', { bodies: { identity: body } })).toBe('identity');
  });
});
