import { ConfigError } from '../config/config-error.ts';
import type { Logger } from '../log/index.ts';
import { createService } from './service.ts';
import type { Service } from './service.ts';

/** How a process ends: 0 well, 1 with a failure, 2 because of how it was called or configured. */
export const EXIT_CODES = { ok: 0, failure: 1, usage: 2 } as const;

/** A stop that has not ended so long after `shutdown.timeout` will never end. */
const OVERTIME_MS = 3000;

/**
 * Runs a process from start to exit. `start` builds what the process needs on `service` and returns when
 * everything runs; after SIGTERM or SIGINT (or `service.stop`) all of it is disposed of in reverse order.
 *
 * ```
 * starting --start returned--> running --signal--> stopping --all disposed of--> exit 0
 *     |                           |                   |--overtime, or second signal--> exit 1
 *     |--ConfigError--> exit 2    '--service.fail, unhandled error--> stopping --> exit 1
 *     '--other error--> stopping --> exit 1
 * ```
 *
 * SIGHUP calls what was registered with `service.onHangup`; without any it stops the process, as a closed
 * terminal should.
 */
export async function runService(name: string, start: (service: Service) => Promise<void>): Promise<never> {
  const service = createService(name);
  const unlisten = listenToProcess(service);
  let exitCode: number = EXIT_CODES.ok;
  try {
    await startUnlessStopped(service, start);
    if (!service.signal.aborted) service.logger?.info(`${name} runs`);
    await service.stopped;
  } catch (error) {
    if (!isCausedByStop(error, service.signal)) {
      exitCode = error instanceof ConfigError ? EXIT_CODES.usage : EXIT_CODES.failure;
      reportStartFailure(name, error, service.logger);
    }
    service.stop('the start failed');
  }
  if (service.failure !== undefined) exitCode = EXIT_CODES.failure;
  if (!(await disposeInTime(service))) exitCode = EXIT_CODES.failure;
  unlisten();
  process.exit(exitCode);
}

/** A start that pays no heed to its signal is left behind when the time to stop has run out. */
async function startUnlessStopped(
  service: Service,
  start: (service: Service) => Promise<void>,
): Promise<void> {
  const { promise: overdue, resolve } = Promise.withResolvers<void>();
  let timer: NodeJS.Timeout | undefined;
  const giveUpLater = (): void => {
    timer = setTimeout(() => {
      service.logger?.warn('the start does not heed that the process stops, and is left behind');
      resolve();
    }, service.remainingDrainMs());
  };
  service.signal.addEventListener('abort', giveUpLater, { once: true });
  try {
    await Promise.race([start(service), overdue]);
  } finally {
    service.signal.removeEventListener('abort', giveUpLater);
    clearTimeout(timer);
  }
}

function listenToProcess(service: Service): () => void {
  const onSignal = (signal: NodeJS.Signals): void => {
    if (service.signal.aborted) forceExit(service, `${signal} came a second time: the exit is forced`);
    service.stop(signal);
  };
  const onHangup = (): void => {
    if (!service.hangup()) onSignal('SIGHUP');
  };
  const onError = (error: unknown): void => {
    if (service.failure !== undefined)
      forceExit(service, 'a second unhandled error: the exit is forced', error);
    service.fail(error, 'an error that nothing handled');
  };
  process.on('SIGTERM', onSignal).on('SIGINT', onSignal).on('SIGHUP', onHangup);
  process.on('uncaughtException', onError).on('unhandledRejection', onError);
  return () => {
    process.off('SIGTERM', onSignal).off('SIGINT', onSignal).off('SIGHUP', onHangup);
    process.off('uncaughtException', onError).off('unhandledRejection', onError);
  };
}

/** True when everything was disposed of without an error before `shutdown.timeout` and its overtime ran out. */
async function disposeInTime(service: Service): Promise<boolean> {
  const limitMs = service.shutdownTimeoutMs + OVERTIME_MS;
  const { promise: overtime, resolve } = Promise.withResolvers<'overtime'>();
  const timer = setTimeout(() => resolve('overtime'), limitMs);
  try {
    const outcome = await Promise.race([service.resources.disposeAsync(), overtime]);
    if (outcome !== 'overtime') return true;
    return forceExit(service, `the stop has not ended within ${limitMs} ms: the exit is forced`);
  } catch (error) {
    report(service, 'the stop failed', error);
    return false;
  } finally {
    clearTimeout(timer);
  }
}

function forceExit(service: Service, reason: string, error?: unknown): never {
  report(service, reason, error);
  service.log?.flushSync();
  process.exit(EXIT_CODES.failure);
}

function report(service: Service, message: string, error?: unknown): void {
  if (service.logger) service.logger.error(error === undefined ? {} : { err: error }, message);
  else process.stderr.write(`${message}${error === undefined ? '' : `: ${describe(error)}`}\n`);
}

/** People who start a process by hand see one line, whatever becomes of the log. */
function reportStartFailure(name: string, error: unknown, logger: Logger | undefined): void {
  const message = describe(error);
  process.stderr.write(`${message.startsWith(`${name}: `) ? '' : `${name}: `}${message}\n`);
  if (!(error instanceof ConfigError)) logger?.error({ err: error }, 'the start failed');
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A start that was broken off because the process stops has not failed. */
function isCausedByStop(error: unknown, signal: AbortSignal): boolean {
  if (!signal.aborted || !(error instanceof Error)) return false;
  return error === signal.reason || error.name === 'AbortError' || isCausedByStop(error.cause, signal);
}
