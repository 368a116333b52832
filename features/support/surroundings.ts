/** Where the system under test is. Everything that steps reach, they reach by one of these. */
export interface Surroundings {
  /** The origin of calendar_api, for gRPC and HTTP: `http://localhost:8888`. */
  readonly api: string;
  readonly restapi: string;
  readonly gometr: string;
  readonly checker: string;
  readonly scheduler: string;
  readonly sender: string;
  /** Under which the system reaches us: webhooks go there, and some targets of the monitor are there. */
  readonly stage: string;
  /** The database, as a user who may make tokens. */
  readonly dsn: string;
  /** The program `daywatch` and its first arguments: it makes tokens. */
  readonly daywatch: readonly string[];
}

export interface Settings {
  readonly surroundings: Surroundings;
  /** How many scenarios run at once. Most of them wait, so that more than there are processors is well. */
  readonly parallel: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

const ADDRESSES = ['api', 'restapi', 'gometr', 'checker', 'scheduler', 'sender', 'stage'] as const;
const DEFAULT_PARALLEL = 4;
const MAX_PARALLEL = 16;

/** Reads `FEATURES_…` (see the README). @throws Error that names everything that is missing or wrong, a line each */
export function readSettings(env: Environment): Settings {
  const faults: string[] = [];
  const read = <T>(name: string, parse: (text: string) => T | undefined, allowed: string): T | undefined => {
    const text = env[name] ?? '';
    const value = text === '' ? undefined : parse(text);
    if (value === undefined) faults.push(`${name}: is '${text}'; allowed is ${allowed}`);
    return value;
  };
  const origins = ADDRESSES.map(
    (name) =>
      [
        name,
        read(`FEATURES_${name.toUpperCase()}`, parseOrigin, 'an address such as http://localhost:8888'),
      ] as const,
  );
  const dsn = read(
    'DAYWATCH_STORAGE_DSN',
    parseDsn,
    'an address such as postgres://user:secret@host/database',
  );
  const daywatch = (env['FEATURES_DAYWATCH'] ?? 'daywatch').split(' ').filter((word) => word !== '');
  const parallel = env['FEATURES_PARALLEL']
    ? read('FEATURES_PARALLEL', parseParallel, `a whole number from 1 to ${MAX_PARALLEL}`)
    : DEFAULT_PARALLEL;
  if (faults.length > 0 || dsn === undefined || parallel === undefined) throw new Error(faults.join('\n'));
  const addresses = Object.fromEntries(origins) as Record<(typeof ADDRESSES)[number], string>;
  return { surroundings: { ...addresses, dsn, daywatch }, parallel };
}

function parseOrigin(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, origin } = new URL(text);
  return protocol === 'http:' ? origin : undefined;
}

function parseDsn(text: string): string | undefined {
  return /^postgres(ql)?:$/.test(URL.canParse(text) ? new URL(text).protocol : '') ? text : undefined;
}

function parseParallel(text: string): number | undefined {
  const value = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return value >= 1 && value <= MAX_PARALLEL ? value : undefined;
}
