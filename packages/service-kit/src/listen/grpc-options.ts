/**
 * Options for a grpc-js server behind `listenOnePort`, against clients that flood or fall silent. Node itself
 * closes a session that resets over 1,000 streams at a stretch (then 33 a second).
 */
export function grpcServerOptions(options: {
  readonly maxMessageBytes: number;
}): Readonly<Record<string, number>> {
  return {
    // More calls of one client wait on its side; 1,000 at once must pass.
    'grpc.max_concurrent_streams': 2000,
    'grpc.max_receive_message_length': options.maxMessageBytes,
    'grpc.max_send_message_length': -1,
    // In megabytes, of one connection. Without it grpc-js sets none at all.
    'grpc-node.max_session_memory': 64,
    // A peer that has vanished is found by a ping; one that asks nothing for so long is sent away.
    'grpc.keepalive_time_ms': 60_000,
    'grpc.keepalive_timeout_ms': 20_000,
    'grpc.max_connection_idle_ms': 300_000,
    // Its bookkeeping costs every call, and nothing here reads it.
    'grpc.enable_channelz': 0,
  };
}
