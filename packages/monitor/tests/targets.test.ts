import { DEFAULT_LIMITS, SCRAPE_PROTOCOLS } from '@daywatch/exposition';
import { createFence } from '@daywatch/outbound';
import { createOutboundClient } from '@daywatch/outbound/http';
import { readFile as readFileText } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { parseTargets } from '../src/adapters/config/index.ts';
import { createTarget } from '../src/adapters/http/index.ts';
import type { TargetSettings } from '../src/index.ts';
import { serveHttp } from './_support/servers.ts';

const FILES: Readonly<Record<string, string>> = {
  '/run/token': 'from-file\n',
  '/run/ca.pem': 'CA',
  '/run/crt': 'CRT',
  '/run/key': 'KEY',
};

function readFile(path: string): string {
  const text = FILES[path];
  if (text === undefined) throw new Error('there is no such file');
  return text;
}

function parse(...list: readonly unknown[]): readonly TargetSettings[] {
  return parseTargets(list, { readFile });
}

describe('parseTargets', () => {
  it('should fill in what a target leaves out', () => {
    expect(parse({ name: 'gometr', url: 'http://localhost:8000' })).toEqual([
      {
        kind: 'prometheus',
        id: 'gometr',
        domain: 'localhost:8000',
        url: 'http://localhost:8000',
        intervalMs: 5000,
        timeoutMs: 3000,
        labels: [
          { name: 'instance', value: 'localhost:8000' },
          { name: 'job', value: 'gometr' },
        ],
        endpoint: { headers: {}, secretHeaders: {}, maxBodyBytes: 64 * 2 ** 20 },
        metricsPath: '/metrics',
        healthPath: '/health',
        limits: { ...DEFAULT_LIMITS, maxNameBytes: 512, maxValueBytes: 2000 },
        protocols: SCRAPE_PROTOCOLS,
        fallbackProtocol: 'PrometheusText0.0.4',
        honorsLabels: false,
        honorsTimestamps: true,
      },
    ]);
  });

  it('should read everything that can be set up of an HTTP check', () => {
    const [target] = parse({
      name: 'shop',
      kind: 'http',
      url: 'https://shop.example/a',
      domain: 'the shop',
      interval: '1m',
      timeout: '10s',
      job: 'web',
      labels: { instance: 'other', team: 'a' },
      headers: { 'x-shown': '1', Cookie: 'c=1' },
      bearer_token_file: '/run/token',
      tls: {
        ca_file: '/run/ca.pem',
        server_name: 'x',
        cert_file: '/run/crt',
        key_file: '/run/key',
        insecure: true,
      },
      limits: { body: '1MiB' },
      expect: {
        status: [200, '301-308'],
        body_contains: 'hello',
        latency_warn: '500ms',
        latency_fail: '2s',
        certificate_expiry_warn: '14d',
        certificate_expiry_fail: '2d',
      },
    });

    expect(target).toEqual({
      kind: 'http',
      id: 'shop',
      domain: 'the shop',
      url: 'https://shop.example/a',
      intervalMs: 60_000,
      timeoutMs: 10_000,
      labels: [
        { name: 'instance', value: 'other' },
        { name: 'job', value: 'web' },
        { name: 'team', value: 'a' },
      ],
      endpoint: {
        headers: { 'x-shown': '1' },
        secretHeaders: { Cookie: 'c=1', authorization: 'Bearer from-file' },
        tls: {
          ca: 'CA',
          serverName: 'x',
          clientCertificate: { certificate: 'CRT', key: 'KEY' },
          insecure: true,
        },
        maxBodyBytes: 2 ** 20,
      },
      expectation: {
        statuses: [
          [200, 200],
          [301, 308],
        ],
        bodyText: 'hello',
        latencyWarnMs: 500,
        latencyFailMs: 2000,
        certificateWarnMs: 14 * 86_400_000,
        certificateFailMs: 2 * 86_400_000,
      },
    });
  });

  it('should read credentials for basic authentication, and exporters without health', () => {
    const [target] = parse({
      name: 'node',
      url: 'http://localhost:9100',
      health_path: 'none',
      basic_auth: { username: 'ann', password_file: '/run/token' },
    });

    expect(target).toMatchObject({
      healthPath: undefined,
      endpoint: {
        secretHeaders: { authorization: `Basic ${Buffer.from('ann:from-file').toString('base64')}` },
      },
    });
  });

  const base = { name: 'a', url: 'http://localhost' };
  it.each<[unknown, string]>([
    [{ url: 'http://localhost' }, 'targets[0].name: is missing'],
    [null, 'targets[0]'],
    [{ ...base, url: 'ftp://localhost' }, 'targets[0] (a).url: "ftp://localhost" is not allowed'],
    [{ ...base, kind: 'tcp' }, 'targets[0] (a).kind: "tcp" is not allowed; allowed are prometheus and http'],
    [{ ...base, intervall: '1s' }, "targets[0] (a): the key 'intervall' is unknown"],
    [{ ...base, expect: {} }, "targets[0] (a): the key 'expect' is unknown"],
    [{ ...base, kind: 'http', honor_labels: true }, "targets[0] (a): the key 'honor_labels' is unknown"],
    [{ ...base, limits: { smaples: 1 } }, "targets[0] (a): the key 'limits.smaples' is unknown"],
    [{ ...base, interval: 'often' }, 'targets[0] (a).interval: "often" is not allowed'],
    [
      { ...base, interval: '1s', timeout: '2s' },
      'targets[0] (a).timeout: 2000 ms is longer than the interval, 1000 ms',
    ],
    [{ ...base, url: 'http://u:p@localhost' }, 'targets[0] (a).url: credentials in a URL end up in logs'],
    [{ ...base, labels: { __name__: 'x' } }, 'targets[0] (a).labels.__name__'],
    [
      { ...base, bearer_token: 'x', bearer_token_file: '/run/token' },
      'targets[0] (a).bearer_token: stands beside bearer_token_file',
    ],
    [
      { ...base, bearer_token: 'x', basic_auth: { username: 'u' } },
      'targets[0] (a).basic_auth: stands beside a bearer token',
    ],
    [
      { ...base, bearer_token: 'x', headers: { Authorization: 'y' } },
      'targets[0] (a).headers: the header authorization stands beside',
    ],
    [
      { ...base, bearer_token_file: '/nowhere' },
      "targets[0] (a).bearer_token_file: '/nowhere' cannot be read: there is no such file",
    ],
    [{ ...base, tls: { cert_file: '/run/crt' } }, 'targets[0] (a).tls: has one of cert_file and key_file'],
    [{ ...base, kind: 'http', expect: { status: ['2xx'] } }, 'targets[0] (a).expect.status.0'],
    [{ ...base, limits: { samples: 2 ** 20 } }, 'targets[0] (a).limits.samples: 1048576 is not allowed'],
    ['http://localhost', 'targets[0]'],
  ])('should refuse %j and say where', (entry, message) => {
    expect(() => parse(entry)).toThrow(message);
  });

  it('should never show a secret in a message', () => {
    expect(() => parse({ ...base, bearer_token: { it: 'hunter2' } })).toThrow(/^(?!.*hunter2)/);
    expect(() => parse({ ...base, basic_auth: { username: 1, password: 'hunter2' } })).toThrow(
      /^(?!.*hunter2)/,
    );
  });

  it('should refuse two targets of one name or one domain', () => {
    expect(() => parse(base, { ...base, domain: 'b' })).toThrow(
      "targets: two have the name 'a'; each has its own",
    );
    expect(() => parse(base, { ...base, name: 'b' })).toThrow(
      "targets: two have the domain 'localhost'; each has its own",
    );
    expect(() => parseTargets({}, { readFile })).toThrow('targets: allowed is a list of targets');
  });
});

describe('the README', () => {
  it('should have targets that can be read', async () => {
    const readme = await readFileText(join(import.meta.dirname, '../README.md'), 'utf8');
    const [, yaml = ''] = /```yaml\n(.*?)```/s.exec(readme) ?? [];
    const { targets } = parseYaml(yaml) as { readonly targets: unknown };

    const read = parseTargets(targets, { readFile: () => 'secret' });

    expect(read.map(({ id, kind }) => [id, kind])).toEqual([
      ['gometr', 'prometheus'],
      ['node', 'prometheus'],
      ['shop', 'http'],
    ]);
  });
});

describe('createTarget', () => {
  it('should make clients that ask as they are set up', async () => {
    const asked: (string | undefined)[][] = [];
    await using server = await serveHttp(({ url, headers }, response) => {
      asked.push([url, headers.authorization, headers['x-a'] as string | undefined]);
      response.setHeader('content-type', 'text/plain').end('a 1\n');
    });
    await using outbound = createOutboundClient({ fence: createFence({ fencesSpecialNetworks: false }) });
    const targets = parse(
      {
        name: 'p',
        url: server.url,
        domain: 'p',
        metrics_path: '/m',
        health_path: 'none',
        bearer_token: 't',
        headers: { 'x-a': '1' },
      },
      { name: 'h', kind: 'http', url: `${server.url}/h`, domain: 'h', expect: { status: [404] } },
    ).map((settings) => createTarget(settings, { outbound, now: () => 0 }));
    const { signal } = new AbortController();

    const healths = await Promise.all(targets.map(({ check }) => check.health(signal)));

    expect(healths).toEqual([
      { status: 'pass' },
      { status: 'fail', reason: 'the status is 200; expected is 404' },
    ]);
    expect(asked.sort(([a = ''], [b = '']) => a.localeCompare(b))).toEqual([
      ['/h', undefined, undefined],
      ['/m', 'Bearer t', '1'],
    ]);
    expect(
      targets.map(({ check, domain, intervalMs, timeoutMs }) => [check.id, domain, intervalMs, timeoutMs]),
    ).toEqual([
      ['p', 'p', 5000, 3000],
      ['h', 'h', 5000, 3000],
    ]);
  });
});
