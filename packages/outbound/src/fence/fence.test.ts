import { parseIpNetwork } from '@daywatch/ip-network';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { checkAddress, createFence } from './fence.ts';
import { FENCED_NETWORKS } from './fenced-networks.ts';

const networks = (...texts: readonly string[]) => texts.map(parseIpNetwork);

describe('the fence as it is by default', () => {
  it.each([
    ['127.0.0.1', '127.0.0.0/8'],
    ['127.255.255.254', '127.0.0.0/8'],
    ['0.0.0.0', '0.0.0.0/8'],
    ['10.1.2.3', '10.0.0.0/8'],
    ['172.16.0.1', '172.16.0.0/12'],
    ['172.31.255.255', '172.16.0.0/12'],
    ['192.168.1.1', '192.168.0.0/16'],
    ['100.64.0.1', '100.64.0.0/10'],
    ['100.100.100.200', '100.64.0.0/10'],
    ['169.254.169.254', '169.254.0.0/16'],
    ['224.0.0.1', '224.0.0.0/4'],
    ['255.255.255.255', '240.0.0.0/4'],
    ['::', '::/128'],
    ['::1', '::1/128'],
    ['::ffff:127.0.0.1', '127.0.0.0/8'],
    ['::ffff:7f00:1', '127.0.0.0/8'],
    ['::127.0.0.1', '127.0.0.0/8'],
    ['64:ff9b::169.254.169.254', '169.254.0.0/16'],
    ['64:ff9b:1::1', '64:ff9b:1::/48'],
    ['2002:7f00:1::', '127.0.0.0/8'],
    ['2002:a9fe:a9fe::1', '169.254.0.0/16'],
    ['2001:0:53aa:64c::1', '2001::/23'],
    ['fd00:ec2::254', 'fc00::/7'],
    ['fe80::1', 'fe80::/10'],
    ['fe80::1%eth0', 'fe80::/10'],
    ['ff02::1', 'ff00::/8'],
    ['localhost', 'what is no IP address'],
    ['127.1', 'what is no IP address'],
    ['', 'what is no IP address'],
  ])('should fence %s as part of %s', (address, network) => {
    expect(checkAddress(createFence(), address)).toEqual({ kind: 'fenced', network });
  });

  it.each([
    '1.1.1.1',
    '9.255.255.255',
    '11.0.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '169.253.255.255',
    '223.255.255.255',
    '2606:4700::1111',
    '2002:101:101::1',
    '64:ff9b::1.1.1.1',
  ])('should leave %s open', (address) => {
    expect(checkAddress(createFence(), address)).toEqual({ kind: 'open' });
  });
});

describe('what wins', () => {
  it.each([
    ['an allowed network that a special one holds', { allow: networks('10.1.0.0/16') }, '10.1.2.3', 'open'],
    ['the rest of that special network', { allow: networks('10.1.0.0/16') }, '10.2.2.3', 'fenced'],
    ['an allowed network equal to a special one', { allow: networks('127.0.0.0/8') }, '127.0.0.1', 'open'],
    ['an allowed network wider than a special one', { allow: networks('0.0.0.0/0') }, '127.0.0.1', 'fenced'],
    ['a denied host', { allow: networks('10.0.0.0/8'), deny: networks('10.0.0.5') }, '10.0.0.5', 'fenced'],
    ['its neighbour', { allow: networks('10.0.0.0/8'), deny: networks('10.0.0.5') }, '10.0.0.6', 'open'],
    [
      'deny, of equal networks',
      { allow: networks('1.1.1.0/24'), deny: networks('1.1.1.0/24') },
      '1.1.1.1',
      'fenced',
    ],
    [
      'a list of the only ones, inside',
      { allow: networks('1.1.1.0/24'), deny: networks('::/0') },
      '1.1.1.1',
      'open',
    ],
    [
      'a list of the only ones, outside',
      { allow: networks('1.1.1.0/24'), deny: networks('::/0') },
      '8.8.8.8',
      'fenced',
    ],
    ['no special networks', { fencesSpecialNetworks: false }, '169.254.169.254', 'open'],
    [
      'a denied network without the special ones',
      { fencesSpecialNetworks: false, deny: networks('169.254.0.0/16') },
      '169.254.169.254',
      'fenced',
    ],
  ])('should be: %s', (_, options, address, kind) => {
    expect(checkAddress(createFence(options), address).kind).toBe(kind);
  });
});

describe('an address in another form', () => {
  const v4 = fc.oneof(
    fc.ipV4(),
    fc
      .constantFrom(...FENCED_NETWORKS)
      .map(({ base }) => [24n, 16n, 8n, 0n].map((shift) => (base >> shift) & 0xffn).join('.')),
  );
  const hex = (text: string): string => {
    const [a = 0, b = 0, c = 0, d = 0] = text.split('.').map(Number);
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  };

  it('should never be open where the address itself is fenced', () => {
    fc.assert(
      fc.property(v4, (text) => {
        const fence = createFence();
        const isFenced = checkAddress(fence, text).kind === 'fenced';
        for (const form of [
          `::ffff:${text}`,
          `::ffff:${hex(text)}`,
          `64:ff9b::${text}`,
          `2002:${hex(text)}::1`,
        ]) {
          expect([form, checkAddress(fence, form).kind]).toEqual([form, isFenced ? 'fenced' : 'open']);
        }
      }),
    );
  });
});
