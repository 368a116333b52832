export * from './generated/grpc/reflection/v1/reflection_pb.js';
export { ServerReflection as ServerReflectionV1Alpha } from './generated/grpc/reflection/v1alpha/reflection_pb.js';
