import type { LookupFunction } from 'node:net';

import { OutboundError } from '../../errors.ts';
import { assertOpen } from '../../fence/assert-open.ts';
import { checkAddress, type Fence } from '../../fence/fence.ts';

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** Answers every address of a name. */
export type Resolve = (hostname: string) => Promise<readonly ResolvedAddress[]>;

/**
 * The resolver of a socket, which hands out open addresses alone. The socket connects to the very addresses that
 * were checked: a name that resolves to something else a moment later (DNS rebinding) changes nothing. Fenced
 * addresses beside open ones are left out.
 */
export function createGuardedLookup(fence: Fence, resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    void answer(hostname, options, callback);
  };

  async function answer(...[hostname, options, callback]: Parameters<LookupFunction>): Promise<void> {
    let addresses: readonly [ResolvedAddress, ...ResolvedAddress[]];
    try {
      addresses = await resolveOpen(fence, resolve, hostname);
    } catch (error) {
      return callback(error as Error, '', 0);
    }
    if (options.all === true) return callback(null, [...addresses]);
    const [first] = addresses;
    return callback(null, first.address, first.family);
  }
}

async function resolveOpen(
  fence: Fence,
  resolve: Resolve,
  hostname: string,
): Promise<readonly [ResolvedAddress, ...ResolvedAddress[]]> {
  const addresses = await resolve(hostname).catch((error: unknown) => {
    const { code, message } = error as NodeJS.ErrnoException;
    throw noAddress(hostname, code === 'ENOTFOUND' ? 'there is no such name' : message, error);
  });
  const open = addresses.filter(({ address }) => checkAddress(fence, address).kind === 'open');
  for (const { address } of open.length > 0 ? [] : addresses) assertOpen(fence, address, hostname);
  const [first, ...others] = open;
  if (first === undefined) throw noAddress(hostname, 'it has no address');
  return [first, ...others];
}

function noAddress(hostname: string, why: string, cause?: unknown): OutboundError {
  return new OutboundError('dns_failed', `the name ${hostname} could not be resolved: ${why}`, { cause });
}
