import type { IpAddress } from './ip-address.ts';
import { contains, parseIpNetwork } from './ip-network.ts';

const MAPPED_PREFIX = 0xffffn << 32n;

/** Where an IPv6 address carries an IPv4 one, and how far from its end. */
const CARRIERS = [
  // RFC 6052: NAT64, the well-known prefix.
  { network: parseIpNetwork('64:ff9b::/96'), shift: 0n },
  // RFC 3056: 6to4.
  { network: parseIpNetwork('2002::/16'), shift: 80n },
  // RFC 4291 section 2.5.5.1: IPv4-compatible, long deprecated.
  { network: parseIpNetwork('::/96'), shift: 0n },
];

/**
 * The IPv4 addresses to which a packet for this IPv6 address may be carried on, in their mapped form. A
 * mapped address is one itself, and carries none.
 */
export function embeddedAddresses(address: IpAddress): readonly IpAddress[] {
  return CARRIERS.filter(({ network }) => contains(network, address)).map(
    ({ shift }) => MAPPED_PREFIX | ((address >> shift) & 0xffff_ffffn),
  );
}
