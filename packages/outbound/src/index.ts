export { isTemporary, OutboundError, type OutboundErrorCode } from './errors.ts';
export {
  checkAddress,
  createFence,
  type Fence,
  type FenceFinding,
  type FenceOptions,
} from './fence/fence.ts';
export type {
  OutboundClient,
  OutboundRequest,
  OutboundResponse,
  Timings,
  WholeResponse,
} from './outbound-client.ts';
export type { PeerCertificate, TlsOptions } from './tls.ts';
export { describeUrl } from './url/describe-url.ts';
export { parseTarget } from './url/parse-target.ts';
