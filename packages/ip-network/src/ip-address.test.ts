import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { embeddedAddresses } from './embedded-addresses.ts';
import { formatIpAddress, parseIpAddress } from './ip-address.ts';

const parse = (text: string): bigint => parseIpAddress(text) ?? expect.unreachable();

describe('formatIpAddress', () => {
  it.each([
    ['::', '::'],
    ['::1', '::1'],
    ['1::', '1::'],
    ['0:0:1::', '0:0:1::'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:DB8::ABCD', '2001:db8::abcd'],
    ['10:0:0:0:100:0:0:0', '10::100:0:0:0'],
    ['::ffff:10.1.2.3', '10.1.2.3'],
    ['255.255.255.255', '255.255.255.255'],
  ])('should print %s as %s', (text, printed) => {
    expect(formatIpAddress(parse(text))).toBe(printed);
  });

  it('should always print what reads as the same address', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        const address = parse(text);
        expect(parseIpAddress(formatIpAddress(address))).toBe(address);
      }),
    );
  });

  it('should always print IPv6 as a URL does', () => {
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        const address = parse(text);
        fc.pre(address >> 32n !== 0xffffn);
        expect(`[${formatIpAddress(address)}]`).toBe(new URL(`http://[${text}]`).hostname);
      }),
    );
  });
});

describe('embeddedAddresses', () => {
  it.each([
    ['64:ff9b::7f00:1', '127.0.0.1'],
    ['2002:a9fe:a9fe::1', '169.254.169.254'],
    ['::10.0.0.1', '10.0.0.1'],
  ])('should find in %s the address %s', (text, inner) => {
    expect(embeddedAddresses(parse(text)).map(formatIpAddress)).toEqual([inner]);
  });

  it.each(['127.0.0.1', '::ffff:127.0.0.1', '2001:db8::7f00:1', '64:ff9b:1::7f00:1'])(
    'should find none in %s',
    (text) => {
      expect(embeddedAddresses(parse(text))).toEqual([]);
    },
  );
});
