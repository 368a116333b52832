import { create, toBinary } from '@bufbuild/protobuf';
import {
  HealthCheckRequestSchema,
  HealthCheckResponseSchema,
  HealthCheckResponse_ServingStatus as ServingStatus,
  HealthListResponseSchema,
} from '@daywatch/protocol/health';
import { status, type handleServerStreamingCall, type handleUnaryCall } from '@grpc/grpc-js';
import { decode } from './decode.ts';
import type { ErrorLog } from './options.ts';
import type { Handlers } from './service-definition.ts';
import { toLoggedStatus } from './to-logged-status.ts';

/** gRPC's own health protocol: https://github.com/grpc/grpc/blob/master/doc/health-checking.md */
export interface GrpcHealth {
  readonly handlers: Handlers;
  /** Says whether the services serve; watchers are told. */
  setServing(isServing: boolean): void;
  /** Says that nothing serves any more and ends the watches, which else would hold up a stop. */
  close(): void;
}

/** @param services the full names that clients may ask for; the empty name is the whole server. */
export function createGrpcHealth(services: readonly string[], log: ErrorLog): GrpcHealth {
  const names = new Set(['', ...services]);
  const watchers = new Set<{ readonly tell: () => void; readonly end: () => void }>();
  let serving = ServingStatus.NOT_SERVING;

  const check: handleUnaryCall<Buffer, Uint8Array> = (call, callback) => {
    try {
      const { service } = decode(HealthCheckRequestSchema, call.request);
      if (names.has(service)) callback(null, encodeCheck(serving));
      else callback({ code: status.NOT_FOUND, details: 'no such service is here' });
    } catch (error) {
      callback(toLoggedStatus(error, call.metadata, log));
    }
  };

  const list: handleUnaryCall<Buffer, Uint8Array> = (_call, callback) => {
    const statuses = Object.fromEntries([...names].map((name) => [name, { status: serving }]));
    callback(null, toBinary(HealthListResponseSchema, create(HealthListResponseSchema, { statuses })));
  };

  const watch: handleServerStreamingCall<Buffer, Uint8Array> = (call) => {
    try {
      const { service } = decode(HealthCheckRequestSchema, call.request);
      const tell = () => {
        call.write(encodeCheck(names.has(service) ? serving : ServingStatus.SERVICE_UNKNOWN));
      };
      const watcher = { tell, end: () => call.end() };
      watchers.add(watcher);
      call.once('cancelled', () => watchers.delete(watcher));
      tell();
    } catch (error) {
      call.emit('error', toLoggedStatus(error, call.metadata, log));
    }
  };

  function change(next: ServingStatus): void {
    if (next === serving) return;
    serving = next;
    for (const { tell } of watchers) tell();
  }

  return {
    handlers: { Check: check, List: list, Watch: watch },
    setServing: (isServing) => change(isServing ? ServingStatus.SERVING : ServingStatus.NOT_SERVING),
    close() {
      change(ServingStatus.NOT_SERVING);
      for (const { end } of watchers) end();
      watchers.clear();
    },
  };
}

function encodeCheck(serving: ServingStatus): Uint8Array {
  return toBinary(HealthCheckResponseSchema, create(HealthCheckResponseSchema, { status: serving }));
}
