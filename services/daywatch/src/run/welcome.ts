import { relative, resolve } from 'node:path';
import { isLoopbackHost } from '@daywatch/access';
import type { DataFolder } from './data-folder.ts';

export interface Welcome {
  readonly version: string;
  /** Where it listens. */
  readonly host: string;
  readonly port: number;
  readonly signInCode: string;
  readonly folder: DataFolder;
  /** The words that start the client. */
  readonly client: readonly string[];
  readonly now: Date;
}

/** What the client takes for granted. */
const CLIENT_DEFAULTS = { port: 8888, dataFolder: '.daywatch' } as const;

/** What `daywatch run` prints when everything runs: where to go, and how to make the first event. */
export function formatWelcome(welcome: Welcome): string {
  const { version, port, signInCode, folder, now } = welcome;
  const host = reachableHost(welcome.host);
  const url = `http://${host}:${port}`;
  const token = quoteForShell(fromHere(folder.token));
  const command = clientCommand(welcome, `${host}:${port}`);
  const tomorrow = new Date(now.getTime() + 86_400_000).toISOString().slice(0, 10);
  return `
Daywatch ${version} runs on ${url}     (Ctrl-C stops it)

  Your calendar    ${url}/sign-in?code=${signInCode}
                   (this link signs you in once, within 10 minutes; later: ${url})
  The API          ${url}/docs
  Your token       ${fromHere(folder.token)}

The first event, with curl:

  curl -X POST ${url}/api/v1/events \\
    -H "Authorization: Bearer $(cat ${token})" -H 'Content-Type: application/json' \\
    -d '{"title": "Dentist", "start": "${tomorrow}T09:00:00", "duration": "PT45M"}'

A second time it is refused, because the time is taken. Or with the client:

  ${command} add 'Dentist again' tomorrow 10:00 --for 45m
  ${command} week tomorrow
`;
}

/** The client, told only what it would not find out from the current folder. */
function clientCommand({ client, port, host, folder }: Welcome, address: string): string {
  const words = client.map((word) => (word.startsWith('/') ? fromHere(word) : word));
  const isUsualAddress = port === CLIENT_DEFAULTS.port && reachableHost(host) === 'localhost';
  if (!isUsualAddress) words.push('--address', address);
  if (folder.path !== resolve(CLIENT_DEFAULTS.dataFolder)) {
    words.push('--token-file', fromHere(folder.token));
  }
  return words.map(quoteForShell).join(' ');
}

/** What a person on this machine types to reach the address that is listened on. */
function reachableHost(host: string): string {
  if (host === '0.0.0.0' || host === '::' || isLoopbackHost(host)) return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

/** The path as one would type it from the current folder, where that is shorter. */
function fromHere(path: string): string {
  const short = relative(process.cwd(), path);
  if (short.startsWith('..')) return path;
  return short.includes('/') ? short : `./${short}`;
}

function quoteForShell(path: string): string {
  return /^[\w.:/@-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}
