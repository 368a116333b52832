import { ServerCredentials } from '@grpc/grpc-js';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCalendarServer, type CalendarServer } from './_support/calendar-server.ts';
import { runProcess } from './_support/process.ts';

const FOLDER = new URL('_support/certificates/', import.meta.url);
const CA = fileURLToPath(new URL('certificate.pem', FOLDER));

let secure: CalendarServer;
let plain: CalendarServer;

beforeAll(async () => {
  const certificate = await readFile(CA);
  const key = await readFile(new URL('key.pem', FOLDER));
  secure = await startCalendarServer({
    credentials: ServerCredentials.createSsl(null, [{ cert_chain: certificate, private_key: key }]),
  });
  plain = await startCalendarServer();
});

afterAll(async () => {
  await secure[Symbol.asyncDispose]();
  await plain[Symbol.asyncDispose]();
});

function type(address: string, ...argv: readonly string[]) {
  return runProcess([...argv, '--address', address], { env: { DAYWATCH_TOKEN: 'token-ann', TZ: 'UTC' } });
}

describe('TLS', () => {
  it('should be spoken to a server whose certificate is vouched for', async () => {
    const port = secure.address.split(':')[1] ?? '';
    const { exitCode, stdout, stderr } = await type(`https://localhost:${port}`, 'calendars', '--ca', CA);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('Calendar');
    expect(await type(secure.address, 'calendars', '--ca', CA)).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('should refuse a server that nobody vouches for', async () => {
    const { exitCode, stderr } = await type(secure.address, 'calendars', '--tls');
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 3,
      stderr: expect.stringMatching(/certificate[^]*--ca FILE/),
    });
  });

  it('should be named as the reason where only one side speaks it', async () => {
    const plainly = await type(secure.address, 'calendars', '--timeout', '5s');
    expect(plainly).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('it may want TLS (--tls)'),
    });
    const securely = await type(plain.address, 'calendars', '--tls');
    expect(securely).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('does not speak TLS') });
  });
});
