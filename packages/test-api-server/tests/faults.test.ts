import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startApiServer, type ApiServer } from '../src/index.ts';
import { caller, CONFIG_MAPS, configMap } from './_support/call.ts';

describe('faults', () => {
  let server: ApiServer;
  let call: ReturnType<typeof caller>;

  beforeEach(async () => {
    server = await startApiServer();
    call = caller(server);
    await call('POST', CONFIG_MAPS, configMap('a', { n: '0' }));
  });

  afterEach(() => server.stop());

  const write = (n: number) =>
    call('PATCH', `${CONFIG_MAPS}/a`, { data: { n: String(n) } }, 'application/merge-patch+json');

  it('should refuse what they match, as often as they say', async () => {
    server.faults.refuse({ status: 429, times: 1, verbs: ['get'], retryAfterSeconds: 7 });
    const codes = [
      (await write(1)).code,
      (await call('GET', `${CONFIG_MAPS}/a`)).code,
      (await call('GET', `${CONFIG_MAPS}/a`)).code,
    ];

    expect(codes).toEqual([200, 429, 200]);
  });

  it('should say when to come again', async () => {
    server.faults.refuse({ status: 503, retryAfterSeconds: 7 });
    const answer = await fetch(server.url + CONFIG_MAPS, {
      headers: { authorization: `Bearer ${server.token()}` },
    });

    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '7']);
  });

  it('should make every second write a conflict', async () => {
    const lift = server.faults.conflictEverySecondWrite({ resource: 'configmaps' });
    const codes = [];
    for (let n = 1; n <= 4; n += 1) codes.push((await write(n)).code);
    lift();
    codes.push((await write(5)).code, (await write(6)).code);

    expect(codes).toEqual([200, 409, 200, 409, 200, 200]);
  });

  it('should lose a request, or its answer alone', async () => {
    server.faults.lose({ of: 'request', times: 1 });
    await expect(write(1)).rejects.toThrow('fetch failed');
    const before = server.objects.get('ConfigMap', 'default', 'a');
    server.faults.lose({ of: 'answer', times: 1 });
    await expect(write(2)).rejects.toThrow('fetch failed');

    expect(before).toMatchObject({ data: { n: '0' } });
    expect(server.objects.get('ConfigMap', 'default', 'a')).toMatchObject({ data: { n: '2' } });
    expect(server.requests.writes().at(-1)).toMatchObject({ status: 0, isChange: true });
  });

  it('should delay what they match', async () => {
    const lift = server.faults.delay({ ms: 60_000, verbs: ['get'] });
    const slow = fetch(`${server.url}${CONFIG_MAPS}/a`, {
      headers: { authorization: `Bearer ${server.token()}` },
      signal: AbortSignal.timeout(200),
    });
    const { code } = await write(1);

    await expect(slow).rejects.toThrow('timeout');
    expect(code).toBe(200);
    lift();
    expect((await call('GET', `${CONFIG_MAPS}/a`)).code).toBe(200);
  });

  it('should take the server down and bring it back with all that it had', async () => {
    await server.faults.goDown();
    await expect(write(1)).rejects.toThrow('fetch failed');
    await server.faults.comeBack();

    expect((await call('GET', `${CONFIG_MAPS}/a`)).object).toMatchObject({ data: { n: '0' } });
  });

  it('should all be lifted at once', async () => {
    server.faults.refuse({ status: 500 });
    server.faults.conflictEverySecondWrite();
    server.faults.clear();

    expect([(await write(1)).code, (await write(2)).code]).toEqual([200, 200]);
  });
});
