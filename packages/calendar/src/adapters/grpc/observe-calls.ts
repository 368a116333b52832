import type { MethodMetrics } from '@daywatch/service-kit/metrics';
import {
  status,
  type Metadata,
  type ServerInterceptingCall,
  type ServerInterceptingCallInterface,
  type ServerInterceptor,
} from '@grpc/grpc-js';
import { assignRequestId } from './request-id.ts';
import { completeStatus } from './complete-status.ts';
import type { CalendarGrpcOptions } from './options.ts';

type ObserveOptions = Pick<CalendarGrpcOptions, 'writeAccess' | 'metrics' | 'newRequestId' | 'monotonicMs'>;

/**
 * An interceptor that sees every call of every service: it gives the call its request id, completes
 * the statuses that grpc-js makes itself, and writes the access line and the metrics.
 *
 * It replaces two methods of the call instead of wrapping the call: statuses of grpc-js itself (a
 * message that is too long, a deadline) do not pass through a wrapper, and a wrapper costs a dozen
 * more function calls for each message.
 */
export function observeCalls(options: ObserveOptions): ServerInterceptor {
  const methods = new Map<string, MethodMetrics>();

  /** The paths are those of the services that were added, so the map is bounded. */
  function metricsOf(path: string): MethodMetrics {
    let found = methods.get(path);
    if (!found) {
      found = options.metrics.method('grpc', labelOf(path));
      methods.set(path, found);
    }
    return found;
  }

  return ({ path }, call) => observe(call, path, metricsOf(path), options) as ServerInterceptingCall;
}

function observe(
  call: ServerInterceptingCallInterface,
  path: string,
  metrics: MethodMetrics,
  { writeAccess, newRequestId, monotonicMs }: ObserveOptions,
): ServerInterceptingCallInterface {
  const startMs = monotonicMs();
  // Asked now: the socket does not know it any more when the client has gone.
  const clientAddress = call.getConnectionInfo().remoteAddress ?? 'unknown';
  let requestId = '';
  let userAgent: string | undefined;
  // Open from the metadata on: grpc-js starts no call whose stream is gone already.
  let isOpen = false;

  const end = (code: status): void => {
    if (!isOpen) return;
    isOpen = false;
    const latencyMs = monotonicMs() - startMs;
    const name = status[code] ?? 'UNKNOWN';
    metrics.end(name, latencyMs);
    writeAccess({
      clientAddress,
      method: 'POST',
      path,
      protocol: 'gRPC',
      status: name,
      latencyMs,
      userAgent,
      requestId,
    });
  };

  const start = call.start.bind(call);
  const sendStatus = call.sendStatus.bind(call);
  call.start = (listener) => {
    start({
      onReceiveMetadata(metadata: Metadata) {
        isOpen = true;
        metrics.begin();
        requestId = assignRequestId(metadata, newRequestId);
        userAgent = metadata.get('user-agent')[0]?.toString();
        listener.onReceiveMetadata(metadata);
      },
      onReceiveMessage: (message) => listener.onReceiveMessage(message),
      onReceiveHalfClose: () => listener.onReceiveHalfClose(),
      onCancel() {
        // grpc-js says so after every call; one that has sent its status is over already.
        end(status.CANCELLED);
        listener.onCancel();
      },
    });
  };
  call.sendStatus = (given) => {
    const complete = completeStatus(given, requestId);
    sendStatus(complete);
    end(complete.code);
  };
  return call;
}

/** `GetEvent` for the calendar, `Health/Check` for the services beside it. */
function labelOf(path: string): string {
  const [service = '', method = ''] = path.slice(1).split('/');
  const shortService = service.slice(service.lastIndexOf('.') + 1);
  return shortService === 'CalendarService' ? method : `${shortService}/${method}`;
}
