import { BlockList, isIP } from 'node:net';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { formatIpNetwork, isInNetworks, isLoopbackAddress, parseIpNetwork } from './ip-network.ts';

describe('parseIpNetwork', () => {
  it.each([
    '10.0.0.7',
    '10.0.0.0/8',
    '0.0.0.0/0',
    '::1',
    '::/0',
    'fd00::/8',
    '2001:db8::1',
    '::ffff:10.0.0.1',
    '1:2:3:4:5:6:7:8',
  ])('should read %s', (text) => {
    expect(() => parseIpNetwork(text)).not.toThrow();
  });

  it.each([
    '',
    'gateway',
    '10.0.0',
    '10.0.0.256',
    '010.0.0.1',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '::/129',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4::5:6:7:8',
    'fe80::1%eth0',
    '10.0.0.0/-1',
    '::1.2.3',
  ])('should refuse %j', (text) => {
    expect(() => parseIpNetwork(text)).toThrow('is no address or network; allowed are forms like');
  });
});

describe('formatIpNetwork', () => {
  it.each([
    ['10.1.2.3/8', '10.0.0.0/8'],
    ['10.0.0.7', '10.0.0.7/32'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['fd12::1/8', 'fd00::/8'],
    ['::/0', '::/0'],
    ['::1', '::1/128'],
  ])('should print %s as %s', (text, printed) => {
    expect(formatIpNetwork(parseIpNetwork(text))).toBe(printed);
  });
});

describe('isInNetworks', () => {
  it('should see an IPv4 address also in its IPv6 form', () => {
    expect(isInNetworks('::ffff:10.1.2.3', [parseIpNetwork('10.0.0.0/8')])).toBe(true);
    expect(isInNetworks('::ffff:11.1.2.3', [parseIpNetwork('10.0.0.0/8')])).toBe(false);
  });

  it('should always agree with the networks of Node', () => {
    const v4 = fc.tuple(fc.ipV4(), fc.nat(32));
    const v6 = fc.tuple(fc.ipV6(), fc.nat(128));
    fc.assert(
      fc.property(fc.oneof(v4, v6), fc.oneof(fc.ipV4(), fc.ipV6()), ([base, length], address) => {
        fc.pre(isIP(base) === isIP(address));
        const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
        const list = new BlockList();
        list.addSubnet(base, length, family);

        const isIn = isInNetworks(address, [parseIpNetwork(`${base}/${length}`)]);

        expect(isIn).toBe(list.check(address, family));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('isLoopbackAddress', () => {
  it.each(['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1', '0:0:0:0:0:0:0:1'])(
    'should know %s',
    (address) => {
      expect(isLoopbackAddress(address)).toBe(true);
    },
  );

  it.each(['128.0.0.1', '0.0.0.0', '::', '::2', 'localhost', '', '127.1'])(
    'should not take %j for one',
    (address) => {
      expect(isLoopbackAddress(address)).toBe(false);
    },
  );
});
