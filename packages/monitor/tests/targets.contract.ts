import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { waitFor } from '../../../tests/_support/wait-for.ts';
import {
  NO_CHECKER,
  type TargetBoard,
  type TargetDescription,
  type TargetLeases,
  type TargetReport,
} from '../src/index.ts';

/** Longer than any test takes. */
const LONG_MS = 600_000;

export interface TargetStoresUnderTest {
  readonly leases: TargetLeases;
  /** What the checkers write to. */
  readonly board: TargetBoard;
  /** What others read from: of another role, where there are roles. */
  readonly reader: Pick<TargetBoard, 'list'>;
  /** Time goes by, and with it the leases, while nobody asks for anything. */
  readonly pass: (ms: number) => Promise<void>;
}

/** What every store of targets promises. `makeStores` gives empty ones. */
export function describeTargetStores(name: string, makeStores: () => Promise<TargetStoresUnderTest>): void {
  describe(`the leases of targets ${name}`, () => {
    it('should give a lone checker every target, and keep them when it asks again', async () => {
      const { leases } = await makeStores();
      const checker = newChecker(leases, ['a', 'b', 'c']);

      expect(await checker.renew()).toEqual({ held: new Set(['a', 'b', 'c']), surplus: [] });
      expect(await checker.renew()).toEqual({ held: new Set(['a', 'b', 'c']), surplus: [] });
    });

    it('should never give a target to two, and share evenly once the surplus is released', async () => {
      const { leases } = await makeStores();
      const ids = ['a', 'b', 'c', 'd', 'e'];
      const [first, second] = [newChecker(leases, ids), newChecker(leases, ids)];
      await first.renew();

      expect((await second.renew()).held).toEqual(new Set());
      const { held, surplus } = await first.renew();
      expect([held.size, surplus.length]).toEqual([5, 2]);
      await leases.release(first.id, surplus);

      expect((await second.renew()).held).toEqual(new Set(surplus));
      expect((await first.renew()).held).toEqual(new Set([...held].filter((id) => !surplus.includes(id))));
      expect((await first.renew()).surplus).toEqual([]);
      expect((await second.renew()).surplus).toEqual([]);
    });

    it('should give what a dead checker had to those who live', async () => {
      const { leases } = await makeStores();
      const [dead, living] = [newChecker(leases, ['a', 'b'], 40), newChecker(leases, ['a', 'b'])];
      await dead.renew();
      await living.renew();

      await waitFor('the lease to run out', async () => (await living.renew()).held.size === 2);

      expect((await dead.renew()).held).toEqual(new Set());
    });

    it('should take nothing from those who were held up with it, whoever comes first', async () => {
      const { leases, pass } = await makeStores();
      const checkers = await shareOut(leases, ['a', 'b', 'c'], 3);
      const before = await Promise.all(checkers.map((checker) => checker.renew()));

      await pass(10 * LONG_MS);

      for (const i of [2, 0, 1]) expect(await checkers[i]?.renew()).toEqual(before[i]);
      for (const i of [2, 0, 1]) expect(await checkers[i]?.renew()).toEqual(before[i]);
    });

    it('should take nothing from one whose lease ran out while its own only nearly did', async () => {
      const { leases, pass } = await makeStores();
      const [first, second] = await shareOut(leases, ['a', 'b'], 2);
      await second?.renew();
      await pass(0.3 * LONG_MS);
      await first?.renew();
      await pass(0.8 * LONG_MS);

      expect((await first?.renew())?.held).toEqual(new Set(['a']));
      expect((await second?.renew())?.held).toEqual(new Set(['b']));
    });

    it('should give those who were held up with it one lease, and then take what the dead among them had', async () => {
      const { leases, pass } = await makeStores();
      const [living] = await shareOut(leases, ['a', 'b'], 2);
      await pass(10 * LONG_MS);

      for (const beat of [0, 1, 2, 3]) {
        expect([beat, (await living?.renew())?.held]).toEqual([beat, new Set(['a'])]);
        await pass(LONG_MS / 4);
      }

      expect((await living?.renew())?.held).toEqual(new Set(['a', 'b']));
    });

    it('should take what a dead one had also where it always comes late itself', async () => {
      const { leases, pass } = await makeStores();
      const [living] = await shareOut(leases, ['a', 'b'], 2);

      for (let beat = 0; beat < 4; beat++) {
        await pass(0.6 * LONG_MS);
        await living?.renew();
      }

      expect((await living?.renew())?.held).toEqual(new Set(['a', 'b']));
    });

    it('should give a new checker at once what those had whose leases ran out before', async () => {
      const { leases, pass } = await makeStores();
      await shareOut(leases, ['a', 'b'], 2);
      await pass(LONG_MS);

      expect((await newChecker(leases, ['a', 'b']).renew()).held).toEqual(new Set(['a', 'b']));
    });

    it('should take up a checker again that comes back before anybody noticed', async () => {
      const { leases } = await makeStores();
      const checker = newChecker(leases, ['a'], 1);
      await checker.renew();
      await new Promise((resolve) => setTimeout(resolve, 5));

      expect((await checker.renew()).held).toEqual(new Set(['a']));
    });

    it('should free everything of a checker that leaves, and nothing of others', async () => {
      const { leases } = await makeStores();
      const [leaving, staying] = [newChecker(leases, ['a', 'b']), newChecker(leases, ['a', 'b'])];
      await leaving.renew();
      await staying.renew();

      await leases.leave(leaving.id);
      await leases.leave(leaving.id);
      expect((await staying.renew()).held).toEqual(new Set(['a', 'b']));

      await leases.leave(leaving.id);
      await leases.release(leaving.id, ['a']);
      expect((await staying.renew()).held).toEqual(new Set(['a', 'b']));
    });

    it('should give a target only to a checker that knows it', async () => {
      const { leases } = await makeStores();
      const [first, second] = [newChecker(leases, ['a', 'b', 'c', 'd']), newChecker(leases, ['d', 'e'])];
      await first.renew();

      expect((await second.renew()).held).toEqual(new Set(['e']));
      // Three that only the first knows, and one that either could have.
      expect((await first.renew()).surplus).toEqual(['d']);
    });

    it('should follow a list of targets that changes, and forget what nobody knows', async () => {
      const { leases, reader } = await makeStores();
      const checker = newChecker(leases, ['a', 'b']);
      await checker.renew();

      checker.know([{ ...describeTarget('b'), url: 'http://elsewhere:9' }, describeTarget('c')]);

      expect((await checker.renew()).held).toEqual(new Set(['b', 'c']));
      expect((await reader.list()).map(({ id, url }) => [id, url])).toEqual([
        ['b', 'http://elsewhere:9'],
        ['c', 'http://c:80'],
      ]);
    });

    it('should keep what another checker knows although the list of one changes', async () => {
      const { leases, reader } = await makeStores();
      const [first, second] = [newChecker(leases, ['a', 'b']), newChecker(leases, ['b'])];
      await first.renew();
      await second.renew();

      first.know([describeTarget('a')]);

      // It holds b until it says that its check has ended.
      expect(await first.renew()).toEqual({ held: new Set(['a', 'b']), surplus: ['b'] });
      await leases.release(first.id, ['b']);
      expect((await second.renew()).held).toEqual(new Set(['b']));
      expect((await reader.list()).map(({ id }) => id)).toEqual(['a', 'b']);
    });

    it('should never give a target to two of many that ask at once', async () => {
      const { leases } = await makeStores();
      const ids = Array.from({ length: 30 }, (_, i) => `target ${i}`);
      const checkers = Array.from({ length: 5 }, () => newChecker(leases, ids));

      for (let round = 0; round < 6; round++) {
        const grants = await Promise.all(checkers.map((checker) => checker.renew()));
        const held = grants.flatMap((grant) => [...grant.held]);
        expect(new Set(held).size).toBe(held.length);
        await Promise.all(grants.map(({ surplus }, i) => leases.release(checkers[i]?.id ?? '', surplus)));
      }

      const sizes = (await Promise.all(checkers.map((checker) => checker.renew()))).map(
        ({ held }) => held.size,
      );
      expect(sizes).toEqual([6, 6, 6, 6, 6]);
    });
  });

  describe(`the board of targets ${name}`, () => {
    it('should show a target before its first check, with who has it', async () => {
      const { leases, reader } = await makeStores();
      const checker = newChecker(leases, ['a']);
      await checker.renew();

      expect(await reader.list()).toEqual([
        {
          ...describeTarget('a'),
          status: 'unknown',
          reason: undefined,
          sinceMs: undefined,
          lastCheck: undefined,
          lastScrape: undefined,
          lastError: undefined,
          checker: 'test-host',
        },
      ]);
    });

    it('should keep the last scrape while a target fails, and the last error when it is well again', async () => {
      const { leases, board, reader } = await makeStores();
      await newChecker(leases, ['a']).renew();
      const reason = 'there was no answer within 3000 ms';

      await board.report([report('a', 1000), report('a', 2000, { samples: 7, refused: 1 })]);
      await board.report([
        report('a', 3000, { status: 'fail', reason }),
        report('a', 4000, { status: 'fail', reason }),
      ]);
      expect(await reader.list()).toMatchObject([
        {
          status: 'fail',
          reason,
          sinceMs: 3000,
          lastCheck: { atMs: 4000, durationMs: 1.5 },
          lastScrape: { atMs: 2000, samples: 7, refused: 1 },
          lastError: { atMs: 4000, message: reason },
        },
      ]);

      await board.report([report('a', 5000)]);
      expect(await reader.list()).toMatchObject([
        { status: 'pass', reason: undefined, sinceMs: 5000, lastError: { atMs: 4000, message: reason } },
      ]);
    });

    it('should say what went wrong with the metrics of a target that passes', async () => {
      const { leases, board, reader } = await makeStores();
      await newChecker(leases, ['a']).renew();

      await board.report([{ ...report('a', 1), scrape: { kind: 'failed', reason: 'line 3: no value' } }]);

      expect(await reader.list()).toMatchObject([
        { status: 'pass', lastScrape: undefined, lastError: { atMs: 1, message: 'line 3: no value' } },
      ]);
    });

    it('should ignore what is older than what it knows, and targets that are not there', async () => {
      const { leases, board, reader } = await makeStores();
      await newChecker(leases, ['a']).renew();
      await board.report([report('a', 2000)]);
      const before = await reader.list();

      await board.report([
        report('a', 2000, { status: 'fail' }),
        report('a', 1000, { status: 'fail' }),
        report('z', 1),
      ]);
      await board.report([]);

      expect(await reader.list()).toEqual(before);
    });

    it('should call a target unknown that nobody has any more, and remember how it stood', async () => {
      const { leases, board, reader } = await makeStores();
      const checker = newChecker(leases, ['a']);
      await checker.renew();
      await board.report([report('a', 1000)]);

      await leases.leave(checker.id);
      expect(await reader.list()).toMatchObject([
        { status: 'unknown', reason: NO_CHECKER, checker: undefined, lastCheck: { atMs: 1000 } },
      ]);

      await newChecker(leases, ['a']).renew();
      await board.report([report('a', 9000)]);
      expect(await reader.list()).toMatchObject([{ status: 'pass', sinceMs: 1000, checker: 'test-host' }]);
    });

    it('should show as free what the checker had whose lease has run out', async () => {
      const { leases, board, reader } = await makeStores();
      await newChecker(leases, ['a'], 40).renew();
      await board.report([report('a', 1000)]);

      await waitFor('the lease to run out', async () => (await reader.list())[0]?.checker === undefined);

      expect(await reader.list()).toMatchObject([{ status: 'unknown', reason: NO_CHECKER }]);
    });
  });
}

/** As many checkers, each with its even share, in the order of the ids. */
async function shareOut(leases: TargetLeases, ids: readonly string[], count: number) {
  const checkers = Array.from({ length: count }, () => newChecker(leases, ids));
  await checkers[0]?.renew();
  const share = ids.length / count;
  for (const [i, checker] of checkers.entries()) {
    if (i === 0) continue;
    await checker.renew();
    await leases.release(checkers[0]?.id ?? '', ids.slice(i * share, (i + 1) * share));
    await checker.renew();
  }
  return checkers;
}

function newChecker(leases: TargetLeases, ids: readonly string[], leaseMs = LONG_MS) {
  const checkerId = randomUUID();
  let targets = ids.map(describeTarget);
  return {
    id: checkerId,
    know: (list: TargetDescription[]) => void (targets = list),
    renew: () => leases.renew({ checkerId, checkerName: 'test-host', targets, leaseMs }),
  };
}

function describeTarget(id: string): TargetDescription {
  return {
    id,
    domain: `${id}.example`,
    kind: 'prometheus',
    url: `http://${id}:80`,
    intervalMs: 5000,
    timeoutMs: 3000,
  };
}

interface ReportOptions {
  readonly status?: TargetReport['status'];
  readonly reason?: string;
  readonly samples?: number;
  readonly refused?: number;
}

function report(targetId: string, atMs: number, options: ReportOptions = {}): TargetReport {
  const { status = 'pass', reason, samples = 1, refused = 0 } = options;
  return {
    targetId,
    status,
    reason,
    atMs,
    durationMs: 1.5,
    scrape:
      status === 'pass' ? { kind: 'read', samples, refused } : { kind: 'failed', reason: reason ?? 'down' },
  };
}
