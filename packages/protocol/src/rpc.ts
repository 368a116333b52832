export * from './generated/google/rpc/status_pb.ts';
export * from './generated/google/rpc/error_details_pb.ts';
