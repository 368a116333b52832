import { Temporal } from 'temporal-polyfill';
import { parseServerAddress, type ServerAddress } from './api/server-address.ts';
import { UsageError } from './failure.ts';
import { findToken, type FoundToken } from './find-token.ts';
import type { Surroundings } from './surroundings.ts';

/** The options that every command takes, as commander reads them. */
export interface GlobalOptions {
  readonly address?: string;
  readonly token?: string;
  readonly tokenFile?: string;
  readonly tls?: boolean;
  readonly ca?: string;
  readonly zone?: string;
  readonly json?: boolean;
  readonly timeout?: string;
}

/** What the options, the environment and the machine come to. */
export interface Settings {
  readonly address: ServerAddress;
  readonly token: FoundToken | undefined;
  readonly ca: string | undefined;
  /** The person's IANA zone. */
  readonly zone: string;
  readonly json: boolean;
  readonly timeoutMs: number;
}

const DEFAULT_ADDRESS = 'localhost:8888';

/** @throws UsageError that names the option, its value and what is allowed. */
export async function readSettings(options: GlobalOptions, surroundings: Surroundings): Promise<Settings> {
  const given = options.address ?? (surroundings.env['DAYWATCH_ADDRESS'] || DEFAULT_ADDRESS);
  return {
    address: parseServerAddress(given, options.tls === true || options.ca !== undefined),
    token: await findToken(options, surroundings),
    ca: options.ca === undefined ? undefined : await readCertificates(options.ca, surroundings),
    zone: readZone(options.zone, surroundings),
    json: options.json === true,
    timeoutMs: readTimeout(options.timeout),
  };
}

/** The present in the person's zone. */
export function presentIn(zone: string, nowMs: number): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(zone);
}

/** @throws UsageError where the zone is not an IANA zone. */
export function checkZone(zone: string, option: string): string {
  if (/^[A-Za-z]/.test(zone)) {
    try {
      const { timeZoneId } = Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
      return timeZoneId;
    } catch {
      // Fall through: the runtime does not know it.
    }
  }
  throw new UsageError(
    `${option}: '${zone}' is no known time zone; allowed are IANA names such as Europe/Berlin or UTC`,
  );
}

function readZone(given: string | undefined, { env, systemZone }: Surroundings): string {
  if (given !== undefined) return checkZone(given, '--zone');
  if (systemZone !== undefined && systemZone !== 'Etc/Unknown') return systemZone;
  throw new UsageError(
    env['TZ'] ? `TZ: '${env['TZ']}' is no known time zone` : 'the time zone of this machine cannot be told',
    'Give one with --zone, for example --zone Europe/Berlin.',
  );
}

async function readCertificates(path: string, { readFile }: Surroundings): Promise<string> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new UsageError(
      `--ca: cannot read '${path}': ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

const MAX_TIMEOUT_MS = 10 * 60_000;

function readTimeout(given = '10s'): number {
  const match = /^(\d{1,7}(?:\.\d{1,3})?)(ms|s|m)?$/.exec(given.trim());
  const factor = { ms: 1, s: 1_000, m: 60_000 }[match?.[2] as 'ms' | 's' | 'm'] ?? 1_000;
  const timeoutMs = Math.round(Number(match?.[1]) * factor);
  if (match && timeoutMs >= 1 && timeoutMs <= MAX_TIMEOUT_MS) return timeoutMs;
  throw new UsageError(`--timeout: '${given}' is not allowed; allowed are 1ms to 10m, for example 5s`);
}
