import type { ServerOptions } from '@grpc/grpc-js';
import type { CallLimits } from './options.ts';

/** What a connection may hold in memory before new streams are refused, in megabytes. */
const SESSION_MEMORY_MB = 64;

/** What grpc-js leaves open by default is bounded here. */
export function toServerOptions({ maxMessageBytes, maxConcurrentStreams }: CallLimits): ServerOptions {
  return {
    'grpc.max_receive_message_length': maxMessageBytes,
    'grpc.max_concurrent_streams': maxConcurrentStreams,
    'grpc-node.max_session_memory': SESSION_MEMORY_MB,
    // Finds clients that are gone without a word, and closes connections that do nothing.
    'grpc.keepalive_time_ms': 60_000,
    'grpc.keepalive_timeout_ms': 20_000,
    'grpc.max_connection_idle_ms': 5 * 60_000,
    // Bookkeeping of every call that nobody reads.
    'grpc.enable_channelz': 0,
  };
}
