import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startApiServer, type ApiServer } from '../src/index.ts';
import { waitFor } from '../../../tests/_support/wait-for.ts';
import { caller, CONFIG_MAPS, configMap } from './_support/call.ts';
import { openWatch } from './_support/open-watch.ts';

describe('a watch', () => {
  let server: ApiServer;
  let call: ReturnType<typeof caller>;

  beforeEach(async () => {
    server = await startApiServer({ bookmarkIntervalMs: 50 });
    call = caller(server);
  });

  afterEach(() => server.stop());

  const label = (name: string, tier: string | null) =>
    call(
      'PATCH',
      `${CONFIG_MAPS}/${name}`,
      { metadata: { labels: { tier } } },
      'application/merge-patch+json',
    );

  it('should tell what is there, and then every change, in order', async () => {
    await call('POST', CONFIG_MAPS, configMap('a'));
    await using watch = await openWatch(server, CONFIG_MAPS);
    await call('POST', CONFIG_MAPS, configMap('b'));
    await label('a', 'web');
    await call('DELETE', `${CONFIG_MAPS}/b`);

    await watch.until(4);
    expect(watch.seen()).toEqual(['ADDED a', 'ADDED b', 'MODIFIED a', 'DELETED b']);
  });

  it('should go on from where a list ended', async () => {
    await call('POST', CONFIG_MAPS, configMap('a'));
    const { body } = await call('GET', CONFIG_MAPS);
    const { resourceVersion } = body['metadata'] as { resourceVersion: string };
    await call('POST', CONFIG_MAPS, configMap('b'));
    await using watch = await openWatch(server, `${CONFIG_MAPS}?resourceVersion=${resourceVersion}`);

    await watch.until(1);
    expect(watch.seen()).toEqual(['ADDED b']);
  });

  it('should let objects come and go as they fit the selector', async () => {
    await call('POST', CONFIG_MAPS, configMap('a'));
    await using watch = await openWatch(server, `${CONFIG_MAPS}?labelSelector=tier%3Dweb`);
    await label('a', 'web');
    await label('a', 'data');
    await label('a', 'web');
    await call('DELETE', `${CONFIG_MAPS}/a`);

    await watch.until(4);
    expect(watch.seen()).toEqual(['ADDED a', 'DELETED a', 'ADDED a', 'DELETED a']);
  });

  it('should say how far it is where bookmarks are wanted', async () => {
    await using watch = await openWatch(server, `${CONFIG_MAPS}?allowWatchBookmarks=true`);
    await watch.until(1);

    expect(watch.events[0]).toMatchObject({
      type: 'BOOKMARK',
      object: { kind: 'ConfigMap', metadata: { resourceVersion: String(server.objects.revision) } },
    });
  });

  it('should mark the end of what was there', async () => {
    await call('POST', CONFIG_MAPS, configMap('a'));
    const query = 'sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan';
    await using watch = await openWatch(server, `${CONFIG_MAPS}?${query}`);
    await watch.until(2);

    expect(watch.events[1]).toMatchObject({
      type: 'BOOKMARK',
      object: { metadata: { annotations: { 'k8s.io/initial-events-end': 'true' } } },
    });
  });

  it('should end when its time is over', async () => {
    await using watch = await openWatch(server, `${CONFIG_MAPS}?timeoutSeconds=1`);
    await watch.ended;

    expect(server.openWatches).toBe(0);
  });

  it('should tell who comes from before a compaction that this is too old', async () => {
    const { revision } = server.objects;
    await call('POST', CONFIG_MAPS, configMap('a'));
    server.faults.compact();
    await using watch = await openWatch(server, `${CONFIG_MAPS}?resourceVersion=${revision}`);
    await watch.ended;

    expect(watch.events).toMatchObject([
      { type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } },
    ]);
  });

  it('should be forgotten when its client goes', async () => {
    const watch = await openWatch(server, CONFIG_MAPS);
    await watch[Symbol.asyncDispose]();

    await waitFor('the watch to be gone', () => server.openWatches === 0);
  });

  describe('with faults', () => {
    it('should hang without a word, while a new one hears', async () => {
      await using deaf = await openWatch(server, `${CONFIG_MAPS}?timeoutSeconds=1`);
      expect(server.faults.hangWatches({ resource: 'configmaps' })).toBe(1);
      await using hearing = await openWatch(server, CONFIG_MAPS);
      await call('POST', CONFIG_MAPS, configMap('a'));
      await hearing.until(1);
      // Longer than the watch may last: one that hangs does not end either.
      await Promise.race([deaf.ended.then(() => expect.fail('it ended')), delay(1200)]);

      expect(deaf.events).toEqual([]);
    });

    it('should end with 410 where that is ordered', async () => {
      await using watch = await openWatch(server, CONFIG_MAPS);
      server.faults.expireWatches();
      await watch.ended;

      expect(watch.events).toMatchObject([{ type: 'ERROR', object: { code: 410 } }]);
    });

    it('should bring events of different objects in another order, and those of one in theirs', async () => {
      await using watch = await openWatch(server, CONFIG_MAPS);
      const lift = server.faults.reorderWatchEvents({ resource: 'configmaps' }, () => 0.99);
      for (const name of ['a', 'b']) await call('POST', CONFIG_MAPS, configMap(name));
      await Promise.all([label('a', '1'), label('b', '1')]);
      lift();
      await watch.until(4);

      expect(watch.seen().filter((each) => each.endsWith('a'))).toEqual(['ADDED a', 'MODIFIED a']);
      expect(watch.seen().filter((each) => each.endsWith('b'))).toEqual(['ADDED b', 'MODIFIED b']);
    });
  });
});
