import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../../tests/_support/wait-for.ts';
import { BAD_KINDS, startBadTargets, type BadKind, type BadTargets } from './_support/bad-targets.ts';
import { entry, startExporter, type Exporter } from './_support/exporter.ts';
import { openHouse, type House } from './_support/house.ts';

/** What people read of each. */
const REASONS: Readonly<Record<BadKind, RegExp>> = {
  hanging: /took longer than \d+ ms; it waited for the answer|no answer within \d+ ms/,
  slow: /took longer than \d+ ms|no answer within \d+ ms/,
  redirecting: /redirects more than 5 times/,
  endless: /larger than|more than/,
  bombing: /larger than|more than/,
  huge: /larger than|more than/,
  garbage: /HTTP/,
  html: /line 1, column 1: expected a metric name, found "<html>"/,
  closing: /closed|connection/,
  'no-tls': /TLS/,
};

const GOOD = ['first', 'second', 'third'];
const INTERVAL = { interval: '2s', timeout: '1500ms' };
/** Of the usual gap, which one that is late for once does not change: one and a half intervals. */
const LONGEST_GAP_MS = 3000;

describe('targets that misbehave', () => {
  let house: House;
  let bad: BadTargets;
  let good: readonly Exporter[];
  beforeAll(async () => {
    house = await openHouse();
    bad = await startBadTargets();
    good = await Promise.all(GOOD.map((name) => startExporter(() => `name{is="${name}"} 1\n`)));
  });
  afterAll(async () => {
    await bad[Symbol.asyncDispose]();
    await Promise.all(good.map((exporter) => exporter[Symbol.asyncDispose]()));
    await house[Symbol.asyncDispose]();
  });

  it('should fail alone, each with a reason that people understand, while the others keep their schedule', async () => {
    let answers = 0;
    await using flapping = await startExporter(
      () => 'a 1\n',
      (_, response) => {
        const isDown = ++answers % 2 === 0;
        if (isDown) response.writeHead(503).end();
        return isDown;
      },
    );
    await house.configure([
      ...BAD_KINDS.map((kind) => entry(kind, bad.urls[kind], { ...INTERVAL, limits: { body: '8MiB' } })),
      ...GOOD.map((name, i) => entry(name, good[i]?.url ?? '', INTERVAL)),
      entry('flapping', flapping.url, INTERVAL),
    ]);
    await using checker = await house.start();

    await waitFor('five rounds', async () => {
      const rounds = await Promise.all(GOOD.map(async (name) => (await house.results(name)).length));
      return Math.min(...rounds) >= 5;
    });

    for (const kind of BAD_KINDS) {
      // A check at which the checker itself was held up has another reason; the next one has this.
      await waitFor(`the reason of ${kind}`, async () =>
        REASONS[kind].test((await house.standing(kind))?.lastError?.message ?? ''),
      );
      // Unknown is what it cannot know, where this machine holds it up.
      expect(await statusesOf(kind)).toEqual(new Set(['fail']));
      const [up] = [...(await house.select(`up{job="${kind}"}`)).values()];
      expect(new Set(up?.values)).toEqual(new Set([0]));
    }
    for (const name of GOOD) expect(await statusesOf(name)).toEqual(new Set(['pass']));
    for (const { scrapes } of good) {
      const gaps = scrapes.slice(1).map((ms, i) => ms - (scrapes[i] ?? 0));
      expect(gaps.sort((a, b) => a - b)[gaps.length >> 1]).toBeLessThan(LONGEST_GAP_MS);
    }
    expect(await statusesOf('flapping')).toEqual(new Set(['pass', 'fail']));
    expect(await checker.stop()).toMatchObject({ code: 0, stderr: '' });

    async function statusesOf(domain: string): Promise<ReadonlySet<string>> {
      const statuses = new Set<string>((await house.results(domain)).map(({ status }) => status));
      statuses.delete('unknown');
      return statuses;
    }
  });

  it('should fail a scrape over its limits as a whole, with the reason, and store nothing of it', async () => {
    await using many = await startExporter(() => 'one 1\ntwo 2\nthree 3\n');
    await house.configure([entry('many', many.url, { limits: { samples: 2 } })]);
    await using checker = await house.start();

    // A check at which the checker itself was held up has another reason; the next one has this.
    await waitFor(
      'the reason',
      async () =>
        (await house.standing('many'))?.lastError?.message ===
        'line 3, column 1: the text has more than 2 samples',
    );
    expect((await house.select('one')).size).toBe(0);
    expect(await checker.stop()).toMatchObject({ code: 0, stderr: '' });
  });
});
