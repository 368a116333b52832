import { pino } from 'pino';
import type { Logger } from 'pino';
import { prettyFactory } from 'pino-pretty';
import { ConfigError } from '../config/config-error.ts';
import { formatAccessLine } from './access-line.ts';
import type { Access } from './access-line.ts';
import { openLineWriter } from './line-writer.ts';
import type { LineWriter } from './line-writer.ts';
import { redact, redactText } from './redact.ts';

export type LogLevel = 'error' | 'warn' | 'info' | 'debug';
export type { Logger } from 'pino';

export interface LogOptions {
  /** Stands in every line as `service`: `calendar_api`. */
  readonly service: string;
  readonly level: LogLevel;
  /** Also written to, and opened anew by `reopen`. */
  readonly file?: string | undefined;
  /** Coloured text for people on standard output instead of JSON; the file stays JSON. */
  readonly pretty?: boolean;
  /** The descriptor of standard output; another one in tests. */
  readonly stdout?: number;
}

/** The log of a process. It owns its outputs: dispose it last, and nothing that was logged is lost. */
export interface Log extends AsyncDisposable {
  readonly logger: Logger;
  /** Writes the line of a request that has ended. Cheap: made for the hot path. */
  readonly access: (access: Access) => void;
  /** Opens the file anew: to be called on SIGHUP. */
  readonly reopen: () => void;
  readonly flushSync: () => void;
}

/** Levels from here on do not wait for the next flush. */
const URGENT = pino.levels.values['warn'] ?? 40;

/**
 * Opens the log: JSON lines on standard output and, when asked, in a file. Neither a full disk nor a closed
 * pipe ends the process. Credentials are masked.
 * @throws ConfigError when the file cannot be opened.
 */
export function openLog(options: LogOptions): Log {
  const stdout = openLineWriter({ target: options.stdout ?? 1 });
  const file = options.file === undefined ? undefined : openFile(options.file, stdout, () => logger);
  const prettify = options.pretty === true ? makePrettier() : undefined;
  const write = (line: string): void => {
    stdout.write(prettify ? prettify(line) : line);
    file?.write(line);
  };
  const flushSync = (): void => {
    stdout.flushSync();
    file?.flushSync();
  };
  const logger = makeLogger(options, write, () => {
    stdout.flush();
    file?.flush();
  });
  const prefix = `,"service":${JSON.stringify(options.service)}`;
  const readTime = makeTimeReader();
  process.on('exit', flushSync);
  return {
    logger,
    access: (access) => {
      if (logger.isLevelEnabled(access.level ?? 'info')) write(formatAccessLine(access, readTime(), prefix));
    },
    reopen: () => file?.reopen(),
    flushSync,
    [Symbol.asyncDispose]: async () => {
      process.off('exit', flushSync);
      await file?.[Symbol.asyncDispose]();
      await stdout[Symbol.asyncDispose]();
    },
  };
}

/** A log that keeps nothing: for tests and for tools that print by themselves. */
export function silentLog(): Log {
  return {
    logger: pino({ enabled: false }),
    access: () => {},
    reopen: () => {},
    flushSync: () => {},
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

function makeLogger(options: LogOptions, write: (line: string) => void, flush: () => void): Logger {
  let isUrgent = false;
  return pino(
    {
      level: options.level,
      base: { service: options.service },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: (object) => redact(object) as typeof object },
      serializers: { err: (error: unknown) => error },
      hooks: {
        logMethod(args, method, level) {
          isUrgent = level >= URGENT;
          method.apply(this, args.map(maskArgument) as typeof args);
        },
      },
    },
    {
      write: (line: string) => {
        write(line);
        if (isUrgent) flush();
      },
    },
  );
}

/** Messages are texts; an error that is logged by itself (`logger.error(error)`) becomes `err`, masked later. */
function maskArgument(argument: unknown): unknown {
  return typeof argument === 'string' ? redactText(argument) : argument;
}

function openFile(path: string, stdout: LineWriter, getLogger: () => Logger): LineWriter {
  try {
    return openLineWriter({
      target: path,
      // These lines go to the file too, where they wait for better times; on standard output they are seen at once.
      onFailure: (error) => {
        getLogger().error(
          `log_file '${path}' cannot be written (${error.message}); its lines wait in memory`,
        );
        stdout.flush();
      },
      onRecovery: (droppedLines) => {
        getLogger().warn(
          `log_file '${path}' can be written again; ${droppedLines} lines are missing from it`,
        );
      },
    });
  } catch (error) {
    throw new ConfigError(
      `log_file: '${path}' cannot be opened (${(error as Error).message}); allowed is a file in a folder that exists and may be written to`,
      { cause: error },
    );
  }
}

function makePrettier(): (line: string) => string {
  const prettify = prettyFactory({ colorize: true, translateTime: 'SYS:HH:MM:ss.l', ignore: 'service' });
  return (line) => prettify(line) ?? '';
}

/** The text of a millisecond is made once, however many requests end in it. */
function makeTimeReader(): () => string {
  let lastMs = 0;
  let text = '';
  return () => {
    const nowMs = Date.now();
    if (nowMs !== lastMs) [lastMs, text] = [nowMs, new Date(nowMs).toISOString()];
    return text;
  };
}
