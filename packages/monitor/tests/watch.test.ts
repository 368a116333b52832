import { describe, expect, it } from 'vitest';
import { parseTargets } from '../src/adapters/config/index.ts';
import { createMemoryTargets, type TargetStores } from '../src/adapters/memory/index.ts';
import {
  createChecker,
  Watch,
  type Finding,
  type LeaseRequest,
  type TargetLeases,
  type TargetSettings,
} from '../src/index.ts';
import { FakeTarget } from './_support/fake-target.ts';
import { VirtualClock } from './_support/virtual-clock.ts';

describe('a watch', () => {
  it('should check every target when it is alone', async () => {
    const { clock, startWatch } = openHouse();
    const one = startWatch(['a', 'b', 'c']);

    await clock.advance(20_000);

    expect(one.checkedSince(5000)).toEqual({ a: 3, b: 3, c: 3 });
  });

  it('should share the targets with another, and never check one twice', async () => {
    const { clock, startWatch } = openHouse();
    const one = startWatch(['a', 'b', 'c', 'd']);
    await clock.advance(10_000);
    const two = startWatch(['a', 'b', 'c', 'd']);
    await clock.advance(10_000);

    const fromMs = clock.elapsed();
    await clock.advance(20_000);

    const [ofOne, ofTwo] = [one.checkedSince(fromMs), two.checkedSince(fromMs)];
    expect(Object.keys(ofOne)).toHaveLength(2);
    expect({ ...ofOne, ...ofTwo }).toEqual({ a: 4, b: 4, c: 4, d: 4 });
  });

  it('should take over what a dead checker had within two intervals', async () => {
    const { clock, startWatch } = openHouse();
    const dying = startWatch(['a', 'b']);
    const living = startWatch(['a', 'b']);
    await clock.advance(20_000);
    const lastMs = Math.max(...dying.times());

    dying.kill();
    await clock.advance(15_000);

    const taken = living.runs.filter(
      ({ id, atMs }) => dying.runs.some((run) => run.id === id) && atMs > lastMs,
    );
    expect(taken.length).toBeGreaterThan(0);
    expect((taken[0]?.atMs ?? Infinity) - lastMs).toBeLessThanOrEqual(10_000);
  });

  it('should leave its targets to others when it stops, at once', async () => {
    const { clock, startWatch } = openHouse();
    const leaving = startWatch(['a', 'b']);
    await clock.advance(10_000);
    const staying = startWatch(['a', 'b']);

    const stopped = leaving.watch.stop(1000);
    await clock.advance(0);
    await stopped;
    const fromMs = clock.elapsed();
    await clock.advance(6500);

    expect(Object.keys(staying.checkedSince(fromMs))).toEqual(['a', 'b']);
    expect(leaving.times().filter((atMs) => atMs > fromMs)).toEqual([]);
  });

  it('should check nothing after it was held up until it knows that the targets are still its own', async () => {
    const { clock, startWatch } = openHouse();
    const held = startWatch(['a', 'b', 'c', 'd']);
    await clock.advance(10_000);
    const countBefore = held.runs.length;

    held.hold = true;
    await clock.stall(10_000);
    const other = startWatch(['a', 'b', 'c', 'd']);
    // Its own question for the lease is on its way, and is not answered yet.
    await clock.advance(3000);
    expect(held.runs.length).toBe(countBefore);

    held.hold = false;
    held.goOn();
    await clock.advance(20_000);
    const fromMs = clock.elapsed();
    await clock.advance(20_000);
    expect(
      Object.keys(held.checkedSince(fromMs)).length + Object.keys(other.checkedSince(fromMs)).length,
    ).toBe(4);
  });

  it('should go on with what it has while the database is away', async () => {
    const { clock, startWatch } = openHouse();
    const one = startWatch(['a']);
    await clock.advance(10_000);
    one.isAway = true;
    const fromMs = clock.elapsed();

    await clock.advance(60_000);

    expect(one.checkedSince(fromMs)).toEqual({ a: 12 });
  });

  it('should keep what it has, as another does, when the database was away for both', async () => {
    const { clock, startWatch } = openHouse();
    const ids = ['a', 'b', 'c', 'd'];
    const one = startWatch(ids);
    await clock.advance(10_000);
    const two = startWatch(ids);
    await clock.advance(20_000);
    const beforeMs = clock.elapsed() - 10_000;
    const before = [one, two].map((each) => Object.keys(each.checkedSince(beforeMs)));

    one.hold = true;
    two.isAway = true;
    const fromMs = clock.elapsed();
    await clock.advance(60_000);
    one.hold = false;
    one.goOn();
    await clock.advance(500);
    two.isAway = false;
    await clock.advance(19_500);

    const after = [one, two].map((each) => each.checkedSince(fromMs));
    expect(before.map(({ length }) => length)).toEqual([2, 2]);
    expect(after.map((counts) => Object.keys(counts))).toEqual(before);
    expect({ ...after[0], ...after[1] }).toEqual({ a: 16, b: 16, c: 16, d: 16 });
  });

  it('should go on while the database hangs, without a check that is left out', async () => {
    const { clock, startWatch } = openHouse();
    const ids = Array.from({ length: 20 }, (_, i) => `target-${i}`);
    const one = startWatch(ids);
    await clock.advance(10_000);
    one.hold = true;
    const fromMs = clock.elapsed();

    await clock.advance(60_000);
    one.hold = false;
    one.goOn();
    await clock.advance(20_000);

    expect(one.checkedSince(fromMs)).toEqual(Object.fromEntries(ids.map((id) => [id, 16])));
  });

  it('should follow a configuration that changes, and not touch what stays', async () => {
    const { clock, startWatch } = openHouse();
    const one = startWatch(['stays', 'goes', 'changes']);
    await clock.advance(12_000);
    const before = one.checkedSince(0);

    one.watch.use([target('stays'), target('changes', { interval: '1s', timeout: '1s' }), target('comes')]);
    const fromMs = clock.elapsed();
    await clock.advance(10_000);

    expect(Object.keys(before)).toEqual(['changes', 'goes', 'stays']);
    expect(one.checkedSince(fromMs)).toEqual({ changes: 10, comes: 2, stays: 2 });
    // The series of what goes end, and those of what stays do not.
    const ended = one.findings
      .flatMap(({ readings }) => readings)
      .filter(({ source }) => source.key.endsWith(' ended'));
    expect(ended.map(({ source }) => source.key)).toEqual(['target goes ended']);
  });

  it('should let a check come to its end whose target changes meanwhile, and record it', async () => {
    const { clock, startWatch } = openHouse();
    const one = startWatch(['a']);
    one.takesMs = 2000;
    await clock.advance(20_000);
    const asked = one.targets.get('a')?.askedAt.at(-1) ?? 0;
    await clock.advance(5000 - (clock.elapsed() - asked) + 500);

    one.watch.use([
      target('a', { url: 'http://elsewhere.example', labels: { instance: 'x' }, timeout: '4s' }),
    ]);
    await clock.advance(6000);

    const atMs = one.findings.map(({ result }) => result?.atMs ?? 0).filter((at) => at > 0);
    expect(new Set(atMs.slice(1).map((at, i) => at - (atMs[i] ?? 0)))).toEqual(new Set([5000]));
  });

  it('should end the series of a target whose labels change, and begin new ones', async () => {
    const { clock, startWatch } = openHouse();
    const one = startWatch(['a']);
    await clock.advance(10_000);

    one.watch.use([target('a', { labels: { env: 'new' } })]);
    await clock.advance(10_000);

    const sources = one.findings.flatMap(({ readings }) => readings.map(({ source }) => source));
    const named = sources.map(({ key, labels }) => `${key} ${labels.some(([name]) => name === 'env')}`);
    expect([...new Set(named)]).toEqual(['target a false', 'target a ended false', 'target a true']);
  });

  it('should leave nothing running after it has stopped', async () => {
    const { clock, startWatch } = openHouse();
    const one = startWatch(['a', 'b']);
    await clock.advance(12_000);

    const stopped = one.watch.stop(1000);
    await clock.advance(0);
    await stopped;

    expect(clock.pending).toBe(0);
  });
});

/** Checkers that share a store of targets. */
function openHouse() {
  const clock = new VirtualClock();
  const stores = createMemoryTargets(() => clock.now());
  let checkers = 0;
  return {
    clock,
    startWatch: (ids: readonly string[]) => {
      checkers += 1;
      return new WatchUnderTest(`checker ${checkers}`, ids, clock, stores);
    },
  };
}

class WatchUnderTest {
  readonly watch: Watch;
  readonly runs: { readonly id: string; readonly atMs: number }[] = [];
  readonly findings: Finding[] = [];
  readonly targets = new Map<string, FakeTarget>();
  /** Answers are held back until `goOn`. */
  hold = false;
  isAway = false;
  /** How long a check takes. */
  takesMs = 0;
  readonly #clock: VirtualClock;
  #isDead = false;
  #held: (() => void)[] = [];

  constructor(id: string, ids: readonly string[], clock: VirtualClock, stores: TargetStores) {
    this.#clock = clock;
    const log = { info: () => undefined, warn: () => undefined };
    this.watch = new Watch({
      checkerId: id,
      checkerName: id,
      clock,
      leases: this.#wrap(stores.leases),
      log,
      makeTarget: (settings) => this.#makeTarget(settings),
      makeChecker: (parts) => createChecker({ clock, log, ...parts }),
      take: (finding) => void this.findings.push(finding),
    });
    this.watch.use(ids.map((each) => target(each)));
    this.watch.start();
  }

  times(): readonly number[] {
    return this.runs.map(({ atMs }) => atMs);
  }

  checkedSince(fromMs: number): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { id, atMs } of this.runs.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
      if (atMs > fromMs) counts[id] = (counts[id] ?? 0) + 1;
    }
    return counts;
  }

  /** It says no more, and checks no more, as a process that was killed. */
  kill(): void {
    this.#isDead = true;
  }

  goOn(): void {
    for (const resolve of this.#held.splice(0)) resolve();
  }

  #wrap(leases: TargetLeases): TargetLeases {
    const reach = async (): Promise<void> => {
      if (this.#isDead) await new Promise(() => undefined);
      if (this.isAway) throw new Error('the database is away');
      if (this.hold) await new Promise<void>((resolve) => void this.#held.push(resolve));
    };
    return {
      renew: async (request: LeaseRequest) => {
        await reach();
        return leases.renew(request);
      },
      release: async (...given) => {
        await reach();
        return leases.release(...given);
      },
      leave: async (...given) => {
        await reach();
        return leases.leave(...given);
      },
    };
  }

  #makeTarget({ id, domain, intervalMs, timeoutMs }: TargetSettings) {
    const check = new FakeTarget(id, () => {
      if (!this.#isDead) this.runs.push({ id, atMs: this.#clock.elapsed() });
      return this.#clock.elapsed();
    });
    const ask = check.health.bind(check);
    check.health = async (signal) => {
      const answer = await ask(signal);
      if (this.takesMs > 0)
        await new Promise<void>((resolve) => void this.#clock.setTimer(resolve, this.takesMs));
      return answer;
    };
    this.targets.set(id, check);
    return { check, domain, intervalMs, timeoutMs };
  }
}

function target(name: string, options: object = {}): TargetSettings {
  const [settings] = parseTargets([{ name, url: `http://${name}.example`, ...options }], {
    readFile: () => '',
  });
  return settings as TargetSettings;
}
