import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const openssl = (args: readonly string[]) => promisify(execFile)('openssl', args);

export interface Certificate {
  /** PEM */
  readonly cert: string;
  readonly key: string;
}

/** Makes a certificate, signed by `authority` or by itself, with openssl, in `folder`. */
export async function makeCertificate(
  folder: string,
  name: string,
  options: { readonly authority?: string; readonly altNames?: string; readonly hasExpired?: boolean } = {},
): Promise<Certificate> {
  const file = (kind: string, of = name): string => join(folder, `${of}.${kind}`);
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', file('key')];
  const subject = ['-subj', `/CN=${name}`];
  if (options.authority === undefined) {
    await openssl(['req', '-x509', ...key, ...subject, '-days', '30', '-out', file('pem')]);
  } else {
    await openssl(['req', ...key, ...subject, '-out', file('csr')]);
    await writeFile(file('ext'), `subjectAltName=${options.altNames ?? `DNS:${name}`}\n`);
    const signer = ['-CA', file('pem', options.authority), '-CAkey', file('key', options.authority)];
    const days = ['-days', options.hasExpired === true ? '-1' : '30'];
    const extensions = ['-extfile', file('ext'), '-out', file('pem')];
    await openssl(['x509', '-req', '-in', file('csr'), ...signer, '-CAcreateserial', ...days, ...extensions]);
  }
  return { cert: await readFile(file('pem'), 'utf8'), key: await readFile(file('key'), 'utf8') };
}
