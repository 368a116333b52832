import {
  contains,
  embeddedAddresses,
  formatIpNetwork,
  parseIpAddress,
  type IpAddress,
  type IpNetwork,
} from '@daywatch/ip-network';

import { FENCED_NETWORKS } from './fenced-networks.ts';

export interface FenceOptions {
  /** Networks that may be reached although a wider network is fenced. */
  readonly allow?: readonly IpNetwork[];
  /** Networks that may not be reached although a wider network is allowed. */
  readonly deny?: readonly IpNetwork[];
  /** Whether everything that is not on the public internet is fenced to begin with. Default true. */
  readonly fencesSpecialNetworks?: boolean;
}

/** Which addresses may be connected to. */
export interface Fence {
  /** In the order in which they are asked: the first that holds the address decides. */
  readonly rules: readonly { readonly network: IpNetwork; readonly isAllowed: boolean }[];
}

export type FenceFinding =
  | { readonly kind: 'open' }
  /** `network` is the one that decided, as people write it. */
  | { readonly kind: 'fenced'; readonly network: string };

/**
 * Makes a fence. As in a routing table, the narrowest network that holds an address decides; of equal ones
 * `deny` before `allow`, and `allow` before the special networks. An address in none of them is open. So
 * `allow: 10.0.0.0/8, deny: 10.0.0.5` opens a network but one host, and `deny: ::/0, allow: 192.0.2.0/24` closes
 * everything else. To allow `0.0.0.0/0` opens no special network: these are narrower.
 */
export function createFence(options: FenceOptions = {}): Fence {
  const special = (options.fencesSpecialNetworks ?? true) ? FENCED_NETWORKS : [];
  const rules = [
    ...(options.deny ?? []).map((network) => ({ network, isAllowed: false })),
    ...(options.allow ?? []).map((network) => ({ network, isAllowed: true })),
    ...special.map((network) => ({ network, isAllowed: false })),
  ];
  // The sort is stable: what is equally narrow stays in the order above.
  rules.sort((a, b) => b.network.prefixLength - a.network.prefixLength);
  return { rules };
}

/**
 * Whether the fence lets a connection to this address through. An IPv6 address that carries an IPv4 one (NAT64,
 * 6to4) has to be open in both.
 * @param addressText an address as the resolver gives it; what is no address is fenced.
 */
export function checkAddress(fence: Fence, addressText: string): FenceFinding {
  // A zone (`fe80::1%eth0`) says through which interface, not where to.
  const address = parseIpAddress(addressText.replace(/%.*$/, ''));
  if (address === undefined) return { kind: 'fenced', network: 'what is no IP address' };
  for (const each of [address, ...embeddedAddresses(address)]) {
    const network = findFencing(fence, each);
    if (network !== undefined) return { kind: 'fenced', network: formatIpNetwork(network) };
  }
  return { kind: 'open' };
}

function findFencing(fence: Fence, address: IpAddress): IpNetwork | undefined {
  const deciding = fence.rules.find(({ network }) => contains(network, address));
  return deciding === undefined || deciding.isAllowed ? undefined : deciding.network;
}
