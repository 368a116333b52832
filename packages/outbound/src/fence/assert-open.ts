import { OutboundError } from '../errors.ts';
import { checkAddress, type Fence } from './fence.ts';

/** @throws OutboundError `fenced_address`, which names the address, its host where it has one, and the network. */
export function assertOpen(fence: Fence, address: string, host: string): void {
  const finding = checkAddress(fence, address);
  if (finding.kind === 'open') return;
  const of = address === host ? '' : ` of ${host}`;
  throw new OutboundError(
    'fenced_address',
    `the address ${address}${of} is in the fenced network ${finding.network}`,
  );
}
