import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { API_VERSION } from '@daywatch/installation';
import type { KubeObject } from '@daywatch/test-api-server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { waitFor } from '../../../tests/_support/wait-for.ts';
import {
  applyDaywatch,
  countOverlaps,
  describeEnd,
  listMigrations,
  listPartsOf,
  readDaywatch,
  versionOfMigrations,
  waitForVersion,
} from './_support/daywatch.ts';
import { conditionOf, openHouse, type House } from './_support/house.ts';

const SPEC = { version: '0.1.0' };
const NEXT = { version: '0.2.0' };

let house: House;
/** Parts that were of a version whose migrations were still at work. */
let tooEarly: readonly string[];
let undisturbed: Undisturbed | undefined;

/** What an upgrade that nothing disturbs writes, and what it comes to. */
interface Undisturbed {
  readonly writes: ReadonlySet<string>;
  readonly end: unknown;
}

async function upgradeUndisturbed(): Promise<Undisturbed> {
  await using calm = await openHouse();
  const writes: string[] = [];
  calm.startOperator({}, (write) => writes.push(write));
  await applyDaywatch(calm, SPEC);
  await waitForVersion(calm, '0.1.0');
  const before = writes.length;
  await applyDaywatch(calm, NEXT);
  await waitForVersion(calm, '0.2.0');
  return { writes: new Set(writes.slice(before)), end: describeEnd(calm) };
}

beforeEach(async () => {
  undisturbed ??= await upgradeUndisturbed();
  house = await openHouse();
  tooEarly = [];
  house.server.workloads.runJob = runMigrations;
});
afterEach(async () => {
  await house[Symbol.asyncDispose]();
});

/** Migrations that take their time: those that took none could not be at work at once with others. */
async function runMigrations(job: KubeObject, signal: AbortSignal): Promise<'succeed'> {
  await setTimeout(300, undefined, { signal });
  tooEarly = [...tooEarly, ...listPartsOf(house, versionOfMigrations(job))];
  return 'succeed';
}

function expectTheSameEnd(): void {
  expect(describeEnd(house)).toEqual(undisturbed?.end);
  expectMigrations('0.1.0', '0.2.0');
}

/** Exactly those ran, one after the other, each to its end. */
function expectMigrations(...versions: readonly string[]): void {
  expect(listMigrations(house)).toEqual(versions);
  expect(house.server.workloads.jobRuns.map(({ outcome }) => outcome)).toEqual(versions.map(() => 'succeed'));
  expect(countOverlaps(house)).toBe(0);
  expect(tooEarly).toEqual([]);
}

describe('an upgrade', () => {
  it('should end the same when the API server was away in the middle of it', async () => {
    house.startOperator();
    await applyDaywatch(house, SPEC);
    await waitForVersion(house, '0.1.0');
    await applyDaywatch(house, NEXT);
    await waitFor('the migrations to run', () => listMigrations(house).includes('0.2.0'));
    await house.server.faults.goDown();
    // Longer than a lease: whoever led does so no more.
    await waitFor('the leader to give up', () => !house.isAnyLeading());
    await house.server.faults.comeBack();
    await waitForVersion(house, '0.2.0');
    expectTheSameEnd();
  });

  it('should end the same when watches hang and never say anything again', async () => {
    house.startOperator({ watch: { timeout: '30s', silence: '700ms', relist: '10m' } });
    await applyDaywatch(house, SPEC);
    await waitForVersion(house, '0.1.0');
    expect(house.server.faults.hangWatches()).toBeGreaterThan(5);
    await applyDaywatch(house, NEXT);
    await waitForVersion(house, '0.2.0');
    expectTheSameEnd();
  });

  it('should end the same when the history of every watch is gone again and again', async () => {
    house.startOperator();
    await applyDaywatch(house, SPEC);
    await waitForVersion(house, '0.1.0');
    await applyDaywatch(house, NEXT);
    const expiring = setInterval(() => {
      house.server.faults.compact();
      house.server.faults.expireWatches();
    }, 100);
    await waitForVersion(house, '0.2.0').finally(() => clearInterval(expiring));
    expectTheSameEnd();
  });

  it('should end the same when what happens is told late, and in another order', async () => {
    house.startOperator();
    await applyDaywatch(house, SPEC);
    await waitForVersion(house, '0.1.0');
    const lift = house.server.faults.reorderWatchEvents();
    house.server.faults.delay({ verbs: ['create', 'patch', 'delete', 'get'], ms: 20 });
    await applyDaywatch(house, NEXT);
    await waitForVersion(house, '0.2.0');
    lift();
    house.server.faults.clear();
    expectTheSameEnd();
  });

  it('should end the same when every second write is a conflict', async () => {
    house.startOperator();
    await applyDaywatch(house, SPEC);
    await waitForVersion(house, '0.1.0');
    const username = 'system:serviceaccount:daywatch-operator:daywatch-operator';
    house.server.faults.conflictEverySecondWrite({ username });
    await applyDaywatch(house, NEXT);
    await waitForVersion(house, '0.2.0');
    house.server.faults.clear();
    expectTheSameEnd();
  });

  it('should end the same when the answers to writes are lost', async () => {
    house.startOperator();
    await applyDaywatch(house, SPEC);
    await waitForVersion(house, '0.1.0');
    const username = 'system:serviceaccount:daywatch-operator:daywatch-operator';
    house.server.faults.lose({ username, verbs: ['create', 'patch', 'delete'], of: 'answer', times: 12 });
    await applyDaywatch(house, NEXT);
    await waitForVersion(house, '0.2.0');
    expectTheSameEnd();
  });

  it('should end the same with three operators at once, of which the one that leads is killed', async () => {
    // Long enough that nobody loses it because the machine is busy.
    const patient = { leader: { lease: '1m' } };
    const all = [1, 2, 3].map(() => house.startOperator(patient));
    const leading = () => all.filter(({ operator }) => operator.isLeading());
    await applyDaywatch(house, SPEC);
    await waitForVersion(house, '0.1.0');
    await applyDaywatch(house, NEXT);
    await waitFor('the migrations to run', () => listMigrations(house).includes('0.2.0'));
    const [leader, ...others] = leading();
    assert(leader !== undefined && others.length === 0);
    leader.kill();
    await house.endLease();
    await waitForVersion(house, '0.2.0');
    expect(leading()).toHaveLength(1);
    expect(leading()).not.toContain(leader);
    expectTheSameEnd();
  });

  it('should let migrations come to their end before those of another version begin', async () => {
    const first = house.startOperator();
    await applyDaywatch(house, SPEC);
    await waitForVersion(house, '0.1.0');
    const held = Promise.withResolvers<void>();
    house.server.workloads.runJob = async (job, signal) => {
      await held.promise;
      return runMigrations(job, signal);
    };
    await applyDaywatch(house, NEXT);
    await waitFor('the migrations to begin', () => listMigrations(house).includes('0.2.0'));
    await applyDaywatch(house, { version: '0.2.1' });
    const isSeen = (): boolean => {
      const { metadata, status } = readDaywatch(house) ?? {};
      return status?.observedGeneration === metadata?.generation;
    };
    await waitFor('the operator to see that another version is wanted', isSeen);
    first.kill();
    await house.endLease();
    house.startOperator();
    await waitFor('another operator to lead', () => house.isAnyLeading());
    await house.admin.apply({
      apiVersion: API_VERSION,
      kind: 'ScrapeTarget',
      metadata: { name: 'node', namespace: 'demo' },
      spec: { url: 'http://node.example' },
    });
    await waitFor(
      'it to have looked at everything',
      () => conditionOf(house.server.objects.get('ScrapeTarget', 'demo', 'node'), 'Accepted') !== undefined,
    );
    held.resolve();
    await waitForVersion(house, '0.2.1');
    expectMigrations('0.1.0', '0.2.0', '0.2.1');
  });

  it('should end the same when the operator is killed after each of its writes', async () => {
    house.startOperator();
    await applyDaywatch(house, SPEC);
    await waitForVersion(house, '0.1.0');
    await applyDaywatch(house, NEXT);
    await house.stopOperators();
    const killedAfter: string[] = [];
    while (readDaywatch(house)?.status?.version !== '0.2.0') {
      const { length } = killedAfter;
      const running = house.startOperator({}, (write) => {
        running.kill();
        killedAfter.push(write);
      });
      await waitFor('a write', () => killedAfter.length > length);
      await house.endLease();
      expect(killedAfter.length).toBeLessThan(80);
    }
    // The migrations are cleared away and made, six parts are replaced, and what has come of it is noted.
    expect(undisturbed?.writes.size).toBeGreaterThanOrEqual(9);
    expect([...(undisturbed?.writes ?? [])].filter((write) => !killedAfter.includes(write))).toEqual([]);
    house.startOperator();
    await waitForVersion(house, '0.2.0');
    expectTheSameEnd();
  });
});
