import type { Log, Logger } from '../log/index.ts';
import { redactText } from '../log/redact.ts';

/** The reason of an aborted `service.signal`. */
export class StopError extends Error {
  override readonly name = 'StopError';
  readonly code = 'unavailable';
}

/** A process between its start and its exit; what `start` of `runService` is given. */
export interface Service {
  readonly name: string;
  /** Aborted when the stop begins: readiness turns off, loops end, nothing new is begun. */
  readonly signal: AbortSignal;
  /** What the process owns, disposed of in reverse order: what was added last stops first. */
  readonly resources: AsyncDisposableStack;
  /** Takes over the log: it is used from now on, opened anew on SIGHUP, and disposed of after all else. */
  readonly useLog: (log: Log) => Logger;
  /** How long work in flight may go on after the signal; by default 10 s. */
  readonly setShutdownTimeout: (timeoutMs: number) => void;
  /** What is left of that time, for `close(drainMs)`; the whole of it before the stop. */
  readonly remainingDrainMs: () => number;
  readonly onHangup: (action: () => void) => void;
  /** Begins an orderly stop that ends with 0. */
  readonly stop: (reason: string) => void;
  /** Logs the error, prints it on standard error in one line, and begins an orderly stop that ends with 1. */
  readonly fail: (error: unknown, what: string) => void;
  readonly stopped: Promise<void>;
  readonly log: Log | undefined;
  readonly logger: Logger | undefined;
  readonly failure: unknown;
  readonly shutdownTimeoutMs: number;
  /** Calls the actions of `onHangup`; false when there are none. */
  readonly hangup: () => boolean;
}

const DEFAULT_SHUTDOWN_TIMEOUT_MS = 10_000;

/** A service outside of `runService`, for tests and for processes that are started by other means. */
export function createService(name: string): Service {
  const controller = new AbortController();
  const resources = new AsyncDisposableStack();
  const hangupActions: (() => void)[] = [];
  const { promise: stopped, resolve: resolveStopped } = Promise.withResolvers<void>();
  let log: Log | undefined;
  let failure: unknown;
  let shutdownTimeoutMs = DEFAULT_SHUTDOWN_TIMEOUT_MS;
  let drainUntilMs: number | undefined;

  const stop = (reason: string): void => {
    if (controller.signal.aborted) return;
    drainUntilMs = performance.now() + shutdownTimeoutMs;
    log?.logger.info({ reason }, `${name} stops`);
    controller.abort(new StopError(`${name} stops: ${reason}`));
    resolveStopped();
  };
  return {
    name,
    signal: controller.signal,
    resources,
    useLog: (opened) => {
      log = opened;
      resources.defer(async () => {
        opened.logger.info(`${name} has stopped`);
        await opened[Symbol.asyncDispose]();
      });
      return opened.logger;
    },
    setShutdownTimeout: (timeoutMs) => {
      shutdownTimeoutMs = timeoutMs;
    },
    remainingDrainMs: () =>
      drainUntilMs === undefined ? shutdownTimeoutMs : Math.max(0, drainUntilMs - performance.now()),
    onHangup: (action) => {
      hangupActions.push(action);
    },
    stop,
    fail: (error, what) => {
      failure ??= error ?? new Error(what);
      log?.logger.error({ err: error }, what);
      // People who started it by hand see one line, whatever becomes of the log.
      process.stderr.write(`${name}: ${what}: ${describeFailure(error, log !== undefined)}\n`);
      stop(what);
    },
    stopped,
    hangup: () => {
      for (const action of hangupActions) action();
      return hangupActions.length > 0;
    },
    get log() {
      return log;
    },
    get logger() {
      return log?.logger;
    },
    get failure() {
      return failure;
    },
    get shutdownTimeoutMs() {
      return shutdownTimeoutMs;
    },
  };
}

/** The log has the stack; without a log it would be lost. */
function describeFailure(error: unknown, isLogged: boolean): string {
  if (!(error instanceof Error)) return redactText(String(error));
  return redactText(isLogged ? error.message : (error.stack ?? error.message));
}
