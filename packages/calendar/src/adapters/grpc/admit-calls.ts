import { requireScope, type Principal, type Scope } from '@daywatch/access';
import type {
  Metadata,
  ServerInterceptingCall,
  ServerInterceptingCallInterface,
  ServerInterceptor,
} from '@grpc/grpc-js';
import { CallError } from './call-errors.ts';
import type { CalendarGrpcOptions } from './options.ts';
import { toLoggedStatus } from './to-logged-status.ts';

/** A call that may be worked on. */
export interface AdmittedCall {
  readonly principal: Principal;
  /** Aborted when the call is cancelled or its deadline has passed. */
  readonly signal: AbortSignal;
  /** Says that the work is done: nothing is left to abort. */
  readonly close: () => void;
}

type AdmitOptions = Pick<CalendarGrpcOptions, 'authenticate' | 'log'> & {
  readonly scope: Scope;
  readonly deadlineMs: number;
};

/** By the metadata of the call, which its interceptors and its handler have in common. */
const admittedCalls = new WeakMap<Metadata, AdmittedCall>();

/**
 * An interceptor that says who makes a call before a byte of its message is read: what is compressed
 * grows in memory, and only users may make it. The deadline counts from the first byte too, so a client
 * that sends its message slowly does not hold the call for longer.
 * @param paths the methods that need a credential; the others pass.
 */
export function admitCalls(paths: ReadonlySet<string>, options: AdmitOptions): ServerInterceptor {
  return ({ path }, call) => (paths.has(path) ? admit(call, options) : call) as ServerInterceptingCall;
}

/** What the interceptor has found out about the call that a handler gets. */
export function admittedCall(metadata: Metadata): AdmittedCall {
  const admitted = admittedCalls.get(metadata);
  if (!admitted) throw new Error('a call reached its handler without being admitted');
  return admitted;
}

function admit(
  call: ServerInterceptingCallInterface,
  options: AdmitOptions,
): ServerInterceptingCallInterface {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let isDone = false;

  function begin(metadata: Metadata, enter: (metadata: Metadata) => void): void {
    const refuse = (error: unknown) => call.sendStatus(toLoggedStatus(error, metadata, options.log));
    const admitAs = (principal: Principal) => {
      requireScope(principal, options.scope);
      admittedCalls.set(metadata, { principal, signal: controller.signal, close: () => (isDone = true) });
      enter(metadata);
    };
    timer = setTimeout(() => {
      const message = `the call took longer than the ${options.deadlineMs} ms that are allowed`;
      const error = new CallError('deadline_exceeded', message);
      controller.abort(error);
      refuse(error);
    }, options.deadlineMs);
    try {
      const principal = options.authenticate(metadata, call.getPeer(), controller.signal);
      if (principal instanceof Promise) principal.then(admitAs).catch(refuse);
      else admitAs(principal);
    } catch (error) {
      refuse(error);
    }
  }

  const start = call.start.bind(call);
  call.start = (listener) => {
    start({
      onReceiveMetadata: (metadata) => begin(metadata, (given) => listener.onReceiveMetadata(given)),
      onReceiveMessage: (message) => listener.onReceiveMessage(message),
      onReceiveHalfClose: () => listener.onReceiveHalfClose(),
      onCancel() {
        // grpc-js says so at the end of every call, also of one that was answered.
        clearTimeout(timer);
        if (!isDone) controller.abort(new CallError('cancelled', 'the client has ended the call'));
        listener.onCancel();
      },
    });
  };
  return call;
}
