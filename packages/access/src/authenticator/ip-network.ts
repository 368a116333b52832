/** An IP address as a number; IPv4 in its IPv6-mapped form (RFC 4291 section 2.5.5.2), so that both compare. */
type Address = bigint;

/** A range of addresses: those whose first `prefixLength` of 128 bits are those of `base`. */
export interface IpNetwork {
  readonly base: Address;
  readonly prefixLength: number;
}

const MAPPED_PREFIX = 0xffffn << 32n;
const LOOPBACK_NETWORKS = ['127.0.0.0/8', '::1'].map(parseIpNetwork);

/**
 * Reads `10.0.0.7`, `10.0.0.0/8`, `fd00::/8` or an IPv6 address. Bits behind the prefix do not count.
 * @throws RangeError that says what is allowed; callers add the value.
 */
export function parseIpNetwork(text: string): IpNetwork {
  const [addressText = '', lengthText, ...rest] = text.split('/');
  const base = parseAddress(addressText);
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
  const address = parseAddress(addressText);
  if (address === undefined) return false;
  return networks.some(({ base, prefixLength }) => {
    const ignoredBits = BigInt(128 - prefixLength);
    return address >> ignoredBits === base >> ignoredBits;
  });
}

/** 127.0.0.0/8, ::1, and IPv4 loopback as an IPv6 socket sees it. */
export function isLoopbackAddress(addressText: string): boolean {
  return isInNetworks(addressText, LOOPBACK_NETWORKS);
}

function parseLength(text: string): number | undefined {
  return /^\d{1,3}$/.test(text) ? Number(text) : undefined;
}

function parseAddress(text: string): Address | undefined {
  if (!text.includes(':')) {
    const v4 = parseV4(text);
    return v4 === undefined ? undefined : MAPPED_PREFIX | v4;
  }
  return parseV6(text);
}

function parseV4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let value = 0n;
  for (const part of parts) {
    // A leading zero is octal to some programs: refused, so that nobody disagrees about an address.
    if (!/^(?:0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined;
    value = (value << 8n) | BigInt(part);
  }
  return value;
}

function parseV6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map(parseGroups);
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined;
  if (tail === undefined) return head.length === 8 ? join(head) : undefined;
  const zeros = 8 - head.length - tail.length;
  return zeros < 1 ? undefined : join([...head, ...Array<bigint>(zeros).fill(0n), ...tail]);
}

function parseGroups(text: string): readonly bigint[] | undefined {
  if (text === '') return [];
  const groups: bigint[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    const v4 = index === parts.length - 1 && part.includes('.') ? parseV4(part) : undefined;
    if (v4 !== undefined) groups.push(v4 >> 16n, v4 & 0xffffn);
    else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(BigInt(`0x${part}`));
    else return undefined;
  }
  return groups;
}

function join(groups: readonly bigint[]): bigint {
  return groups.reduce((value, group) => (value << 16n) | group, 0n);
}
