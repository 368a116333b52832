import { formatIpAddress, parseIpAddress, type IpAddress } from './ip-address.ts';

/** A range of addresses: those whose first `prefixLength` of 128 bits are those of `base`. */
export interface IpNetwork {
  readonly base: IpAddress;
  readonly prefixLength: number;
}

const LOOPBACK_NETWORKS = ['127.0.0.0/8', '::1'].map(parseIpNetwork);

/**
 * Reads `10.0.0.7`, `10.0.0.0/8`, `fd00::/8` or an IPv6 address. Bits behind the prefix do not count.
 * @throws RangeError that says what is allowed; callers add the value.
 */
export function parseIpNetwork(text: string): IpNetwork {
  const [addressText = '', lengthText, ...rest] = text.split('/');
  const base = parseIpAddress(addressText);
  const addressBits = addressText.includes(':') ? 128 : 32;
  const length = lengthText === undefined ? addressBits : parseLength(lengthText);
  if (base === undefined || length === undefined || length > addressBits || rest.length > 0) {
    throw new RangeError(
      'is no address or network; allowed are forms like 10.0.0.7, 10.0.0.0/8, fd00::1, fd00::/8',
    );
  }
  return { base, prefixLength: length + 128 - addressBits };
}

/** Whether an address lies in one of the networks; a text that is no address lies in none. */
export function isInNetworks(addressText: string, networks: readonly IpNetwork[]): boolean {
  const address = parseIpAddress(addressText);
  if (address === undefined) return false;
  return networks.some((network) => contains(network, address));
}

export function contains({ base, prefixLength }: IpNetwork, address: IpAddress): boolean {
  const ignoredBits = BigInt(128 - prefixLength);
  return address >> ignoredBits === base >> ignoredBits;
}

/** Spells it as people write it: `10.0.0.0/8`, `fd00::/8`. */
export function formatIpNetwork({ base, prefixLength }: IpNetwork): string {
  const ignoredBits = BigInt(128 - prefixLength);
  const text = formatIpAddress((base >> ignoredBits) << ignoredBits);
  return `${text}/${text.includes(':') ? prefixLength : prefixLength - 96}`;
}

/** 127.0.0.0/8, ::1, and IPv4 loopback as an IPv6 socket sees it. */
export function isLoopbackAddress(addressText: string): boolean {
  return isInNetworks(addressText, LOOPBACK_NETWORKS);
}

function parseLength(text: string): number | undefined {
  return /^\d{1,3}$/.test(text) ? Number(text) : undefined;
}
