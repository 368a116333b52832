export { createOutboundClient, type OutboundClientOptions } from './create-outbound-client.ts';
export type { Resolve, ResolvedAddress } from './guarded-lookup.ts';
