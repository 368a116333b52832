import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { OutboundClient } from '../src/index.ts';
import { makeCertificate, type Certificate } from './_support/certificates.ts';
import { createTestClient, failureOf } from './_support/clients.ts';
import { startHttps, type TestServer } from './_support/servers.ts';

let folder: string;
let authority: Certificate;
let expired: Certificate;
let good: Certificate;
let person: Certificate;
let server: TestServer;
let client: OutboundClient;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daywatch-tls-'));
  authority = await makeCertificate(folder, 'authority');
  good = await makeCertificate(folder, 'good.example', { authority: 'authority' });
  expired = await makeCertificate(folder, 'old.example', { authority: 'authority', hasExpired: true });
  person = await makeCertificate(folder, 'ann', { authority: 'authority' });
  server = await startHttps(
    { ...good, ca: authority.cert, requestCert: true, rejectUnauthorized: false },
    (request, response) => {
      if (!(request.socket instanceof TLSSocket)) throw new Error('it is no TLS connection');
      const shown = request.socket.getPeerCertificate();
      response.end(JSON.stringify([request.socket.authorized, shown.subject?.CN ?? null]));
    },
  );
  client = createTestClient({ resolve: async () => [{ address: '127.0.0.1', family: 4 }] });
});
afterAll(async () => {
  await client.close();
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const urlOf = (name: string, { port }: TestServer = server): string => `https://${name}:${port}/`;
const read = (body: Uint8Array): unknown => JSON.parse(Buffer.from(body).toString());

describe('a server certificate', () => {
  it('should be shown, with the time of its expiry', async () => {
    const answer = await client.fetch({ url: urlOf('good.example'), tls: { ca: authority.cert } });

    const { validToDate, fingerprint256 } = new X509Certificate(good.cert);
    expect(answer.certificate).toMatchObject({
      subject: 'CN=good.example',
      issuer: 'CN=authority',
      validToMs: validToDate.getTime(),
      fingerprint: fingerprint256,
    });
    expect(answer.timings.tlsMs).toBeGreaterThan(0);
  });

  it('should be shown again on a connection that was used before', async () => {
    const request = { url: urlOf('good.example'), tls: { ca: authority.cert } };
    await client.fetch(request);
    const before = server.connections();

    const answer = await client.fetch(request);

    expect(server.connections()).toBe(before);
    expect(answer.certificate?.subject).toBe('CN=good.example');
  });

  it('should be the one of today soon after the server renewed it, though it closes no connection', async () => {
    await using renewing = await startHttps(good, (_, response) => response.end());
    await using patient = createTestClient({ maxTlsConnectionAgeMs: 100 });
    const request = { url: urlOf('127.0.0.1', renewing), tls: { insecure: true } };
    const fetchSubject = async () => (await patient.fetch(request)).certificate?.subject;
    expect(await fetchSubject()).toBe('CN=good.example');

    renewing.renew(expired);

    await expect.poll(fetchSubject, { timeout: 10_000 }).toBe('CN=old.example');
  });

  it.each([
    ['an unknown authority', 'good.example', () => ({}), 'self-signed certificate in certificate chain'],
    ['another name', 'bad.example', () => ({ ca: authority.cert }), 'Hostname/IP does not match'],
    [
      'a wrong server name',
      'good.example',
      () => ({ ca: authority.cert, serverName: 'x.example' }),
      'does not match',
    ],
  ])('should be refused for %s', async (_, host, tls, message) => {
    const failure = await failureOf(client.fetch({ url: urlOf(host), tls: tls() }));

    expect(failure.code).toBe('tls_failed');
    expect(failure.message).toContain(message);
  });

  it('should be refused when it has expired', async () => {
    await using old = await startHttps(expired, (_, response) => response.end());

    const failure = await failureOf(
      client.fetch({ url: urlOf('old.example', old), tls: { ca: authority.cert } }),
    );

    expect(failure.code).toBe('tls_failed');
    expect(failure.message).toContain('certificate has expired');
  });

  it('should be taken for the server name that is asked for', async () => {
    const tls = { ca: authority.cert, serverName: 'good.example' };

    expect((await client.fetch({ url: urlOf('127.0.0.1'), tls })).status).toBe(200);
  });

  it('should be taken whatever it is where that is asked for, and still be shown', async () => {
    await using old = await startHttps(expired, (_, response) => response.end());

    const answer = await client.fetch({ url: urlOf('127.0.0.1', old), tls: { insecure: true } });

    expect(answer.certificate?.subject).toBe('CN=old.example');
    expect(answer.certificate?.validToMs).toBeLessThan(Date.now());
  });

  it('should not be taken on the strength of a connection that took any', async () => {
    await client.fetch({ url: urlOf('good.example'), tls: { insecure: true } });

    expect((await failureOf(client.fetch({ url: urlOf('good.example') }))).code).toBe('tls_failed');
  });
});

describe('a client certificate', () => {
  const clientCertificate = () => ({ certificate: person.cert, key: person.key });

  it('should be shown where there is one', async () => {
    const tls = { ca: authority.cert, clientCertificate: clientCertificate() };

    const answer = await client.fetch({ url: urlOf('good.example'), tls });

    expect(read(answer.body)).toEqual([true, 'ann']);
  });

  it('should not be shown to another origin after a redirect', async () => {
    await using first = await startHttps(good, (_, response) => {
      response.writeHead(307, { Location: urlOf('good.example') }).end();
    });
    const tls = { ca: authority.cert, clientCertificate: clientCertificate() };

    const answer = await client.fetch({ url: urlOf('good.example', first), tls });

    expect(answer.redirects).toBe(1);
    expect(read(answer.body)).toEqual([false, null]);
  });
});
