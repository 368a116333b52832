import { relative } from 'node:path';

export interface Welcome {
  readonly version: string;
  /** For example `http://localhost:8888`. */
  readonly url: string;
  readonly signInUrl: string;
  readonly tokenFile: string;
  /** How the client is called from here. */
  readonly client: string;
  readonly now: Date;
}

/** What `daywatch run` prints when everything runs: where to go, and how to make the first event. */
export function formatWelcome({ version, url, signInUrl, tokenFile, client, now }: Welcome): string {
  const command = quoteForShell(fromHere(client));
  const token = quoteForShell(fromHere(tokenFile));
  const tomorrow = new Date(now.getTime() + 86_400_000).toISOString().slice(0, 10);
  return `
Daywatch ${version} runs on ${url}     (Ctrl-C stops it)

  Browse the API   ${signInUrl}
                   (this link signs you in once, within 10 minutes; later: ${url}/docs)
  Your token       ${fromHere(tokenFile)}

The first event, with curl:

  curl -X POST ${url}/api/v1/events \\
    -H "Authorization: Bearer $(cat ${token})" -H 'Content-Type: application/json' \\
    -d '{"title": "Dentist", "start": "${tomorrow}T09:00:00", "duration": "PT45M"}'

or with the client:

  ${command} add 'Dentist again' tomorrow 10:00 --for 45m
  ${command} week
`;
}

/** The path as one would type it from the current folder, where that is shorter. */
function fromHere(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') ? path : short;
}

function quoteForShell(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}
