import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { waitFor } from '../../../tests/_support/wait-for.ts';
import {
  applyDaywatch,
  countOverlaps,
  describeEnd,
  listMigrations,
  readDaywatch,
  waitForVersion,
} from './_support/daywatch.ts';
import { openHouse, type House } from './_support/house.ts';

const SPEC = { version: '0.1.0' };
const NEXT = { version: '0.2.0' };

let house: House;
let expected: unknown;

/** What an upgrade that nothing disturbs comes to. */
async function upgradeUndisturbed(): Promise<unknown> {
  await using calm = await openHouse();
  calm.startOperator();
  await applyDaywatch(calm, SPEC);
  await waitForVersion(calm, '0.1.0');
  await applyDaywatch(calm, NEXT);
  await waitForVersion(calm, '0.2.0');
  return describeEnd(calm);
}

beforeEach(async () => {
  expected ??= await upgradeUndisturbed();
  house = await openHouse();
});
afterEach(async () => {
  await house[Symbol.asyncDispose]();
});

function expectTheSameEnd(): void {
  expect(describeEnd(house)).toEqual(expected);
  expect(listMigrations(house)).toEqual(['0.1.0', '0.2.0']);
  expect(countOverlaps(house)).toBe(0);
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
    const all = [house.startOperator(), house.startOperator(), house.startOperator()];
    await applyDaywatch(house, SPEC);
    await waitForVersion(house, '0.1.0');
    expect(all.filter(({ operator }) => operator.isLeading()).length).toBe(1);
    await applyDaywatch(house, NEXT);
    await waitFor('the migrations to run', () => listMigrations(house).includes('0.2.0'));
    all.find(({ operator }) => operator.isLeading())?.kill();
    await waitForVersion(house, '0.2.0');
    expectTheSameEnd();
  });

  it('should end the same when the operator is killed after each of its writes', async () => {
    house.startOperator();
    await applyDaywatch(house, SPEC);
    await waitForVersion(house, '0.1.0');
    await applyDaywatch(house, NEXT);
    await house.stopOperators();
    let kills = 0;
    while (readDaywatch(house)?.status?.version !== '0.2.0') {
      let isDead = false;
      const running = house.startOperator({}, () => {
        running.kill();
        isDead = true;
      });
      await waitFor('a write', () => isDead);
      await house.endLease();
      kills++;
      expect(kills).toBeLessThan(80);
    }
    // The migrations are cleared away and made, six parts are replaced, and the version is noted.
    expect(kills).toBeGreaterThanOrEqual(9);
    house.startOperator();
    await waitForVersion(house, '0.2.0');
    expectTheSameEnd();
  });
});
