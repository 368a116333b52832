import type { TlsOptions } from '@daywatch/outbound';
import type { Endpoint } from '../../target/endpoint.ts';
import type { HttpEntry, PrometheusEntry } from './target-schema.ts';
import type { EntryTools } from './to-settings.ts';

type Entry = PrometheusEntry | HttpEntry;

/** Headers that carry credentials by their nature: only the target's own origin may see them. */
const SECRET_HEADER = /^(authorization|cookie|proxy-authorization|x-api-key|.*-token)$/i;

/** Reads headers, credentials and certificates, those in files included. */
export function readEndpoint(entry: Entry, maxBodyBytes: number, tools: EntryTools): Endpoint {
  const authorization = readAuthorization(entry, tools);
  const given = Object.entries(entry.headers);
  if (authorization !== undefined && given.some(([name]) => /^authorization$/i.test(name))) {
    throw tools.fault(
      'headers',
      'the header authorization stands beside basic_auth or a bearer token; allowed is one of them',
    );
  }
  return {
    headers: Object.fromEntries(given.filter(([name]) => !SECRET_HEADER.test(name))),
    secretHeaders: {
      ...Object.fromEntries(given.filter(([name]) => SECRET_HEADER.test(name))),
      ...(authorization === undefined ? {} : { authorization }),
    },
    ...(entry.tls ? { tls: readTls(entry.tls, tools) } : {}),
    maxBodyBytes,
  };
}

function readAuthorization(entry: Entry, tools: EntryTools): string | undefined {
  const token = readEither(entry.bearer_token, entry.bearer_token_file, 'bearer_token', tools);
  const { basic_auth: basic } = entry;
  if (basic === undefined) return token === undefined ? undefined : `Bearer ${token}`;
  if (token !== undefined) {
    throw tools.fault('basic_auth', 'stands beside a bearer token; allowed is one of them');
  }
  const password = readEither(basic.password, basic.password_file, 'basic_auth.password', tools) ?? '';
  return `Basic ${Buffer.from(`${basic.username}:${password}`).toString('base64')}`;
}

function readTls(tls: NonNullable<Entry['tls']>, tools: EntryTools): TlsOptions {
  const { ca_file: ca, server_name: serverName, cert_file: certificate, key_file: key, insecure } = tls;
  if ((certificate === undefined) !== (key === undefined)) {
    throw tools.fault('tls', 'has one of cert_file and key_file; allowed are both or none');
  }
  return {
    ...(ca === undefined ? {} : { ca: readOrExplain(ca, 'tls.ca_file', tools) }),
    ...(serverName === undefined ? {} : { serverName }),
    ...(certificate === undefined || key === undefined
      ? {}
      : {
          clientCertificate: {
            certificate: readOrExplain(certificate, 'tls.cert_file', tools),
            key: readOrExplain(key, 'tls.key_file', tools),
          },
        }),
    ...(insecure ? { insecure } : {}),
  };
}

function readEither(
  value: string | undefined,
  path: string | undefined,
  key: string,
  tools: EntryTools,
): string | undefined {
  if (path === undefined) return value;
  if (value !== undefined) throw tools.fault(key, `stands beside ${key}_file; allowed is one of them`);
  // Editors and `echo` end a file with a newline, which is no part of the secret.
  return readOrExplain(path, `${key}_file`, tools).replace(/\r?\n$/, '');
}

function readOrExplain(path: string, key: string, { readFile, fault }: EntryTools): string {
  try {
    return readFile(path);
  } catch (error) {
    throw fault(key, `'${path}' cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
