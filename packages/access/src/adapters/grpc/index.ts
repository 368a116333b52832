export { readCallCredentials } from './credentials.ts';
export { toGrpcStatus } from './grpc-status.ts';
