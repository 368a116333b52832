import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { fastify, type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerPage } from './register-page.ts';

const HTML = '<!doctype html><title>The page</title>';
const SCRIPT = 'console.log("the script");';

describe('the page', () => {
  let folder: string;
  let app: FastifyInstance;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'daywatch-page-'));
    await mkdir(join(folder, 'assets'));
    await writeFile(join(folder, 'index.html'), HTML);
    await writeFile(join(folder, 'assets/index-abc.js'), SCRIPT);
    await writeFile(join(folder, 'assets/index-abc.js.gz'), gzipSync(SCRIPT));
    await writeFile(join(folder, 'secret.txt'), 'not of the page');
    app = fastify();
    // As the application does before: its policy fits most pages.
    app.addHook('onSend', async (_, reply) => {
      if (String(reply.getHeader('content-type')).startsWith('text/html')) {
        reply.header('content-security-policy', "default-src 'self'");
      }
    });
    registerPage(app, folder);
  });

  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });

  it.each(['/', '/month/2026-11-26', '/week/2026-11-26', '/search', '/monitor', '/monitor/explorer'])(
    'should be at %s',
    async (url) => {
      const { statusCode, headers, body } = await app.inject(url);
      expect([statusCode, body]).toEqual([200, HTML]);
      expect(headers).toMatchObject({
        'cache-control': 'no-cache',
        'content-type': 'text/html; charset=utf-8',
      });
    },
  );

  it('should allow scripts and styles of its own origin alone, and nothing inline', async () => {
    const policy = String((await app.inject('/')).headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self';");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toContain('unsafe');
  });

  it('should send hashed files small and for good, and the page again where it has changed alone', async () => {
    const headers = { 'accept-encoding': 'gzip, br' };
    const script = await app.inject({ url: '/assets/index-abc.js', headers });
    expect(script.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-encoding': 'gzip',
      vary: 'accept-encoding',
    });
    expect(gunzipSync(script.rawPayload).toString()).toBe(SCRIPT);
    expect((await app.inject('/assets/index-abc.js')).body).toBe(SCRIPT);

    const { etag } = (await app.inject('/')).headers;
    const again = await app.inject({ url: '/', headers: { 'if-none-match': `"other", ${String(etag)}` } });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });

  it.each([
    '/assets/none.js',
    '/assets/../index.html.map',
    '/secret.txt',
    '/assets/%2e%2e/secret.txt',
    '/month',
  ])('should have nothing at %s', async (url) => {
    expect((await app.inject(url)).statusCode).toBe(404);
  });

  it('should say how to build it where nobody has', async () => {
    const bare = fastify();
    registerPage(bare, join(folder, 'nothing'));
    const { statusCode, body } = await bare.inject('/');
    expect(statusCode).toBe(503);
    expect(body).toContain('make build');
    await bare.close();
  });
});
