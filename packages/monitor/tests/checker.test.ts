import { describe, expect, it } from 'vitest';
import { createChecker, DuplicateTargetError, InvalidTargetError, judgeAnswer } from '../src/index.ts';
import type { Checker, CheckRun } from '../src/index.ts';
import { FakeTarget, toTarget } from './_support/fake-target.ts';
import { VirtualClock } from './_support/virtual-clock.ts';

interface Rig {
  readonly clock: VirtualClock;
  readonly checker: Checker;
  readonly runs: CheckRun[];
  readonly lines: string[];
  trouble: string | undefined;
  readonly add: (id: string, intervalMs?: number, timeoutMs?: number) => FakeTarget;
  readonly statuses: (id: string) => readonly string[];
}

function makeRig(): Rig {
  const clock = new VirtualClock();
  const runs: CheckRun[] = [];
  const lines: string[] = [];
  const log = {
    info: (_: object, line: string) => lines.push(line),
    warn: (_: object, line: string) => lines.push(line),
  };
  const rig = { clock, runs, lines, trouble: undefined as string | undefined };
  const checker = createChecker({
    clock,
    log,
    record: (run) => runs.push(run),
    ownTrouble: () => rig.trouble,
  });
  return Object.assign(rig, {
    checker,
    add: (id: string, intervalMs?: number, timeoutMs?: number) => {
      const target = new FakeTarget(id, () => clock.elapsed());
      checker.add(toTarget(target, intervalMs, timeoutMs));
      return target;
    },
    statuses: (id: string) => runs.filter(({ targetId }) => targetId === id).map(({ status }) => status),
  });
}

describe('the Checker', () => {
  it('should check each target once in its own interval, exactly', async () => {
    const { clock, checker, add } = makeRig();
    const quick = add('quick', 1000, 500);
    const slow = add('slow', 7000);
    checker.run();

    await clock.advance(70_000);

    expect(quick.askedAt).toHaveLength(70);
    expect(slow.askedAt).toHaveLength(10);
    expect(quick.askedAt.map((at, i) => at - i * 1000)).toEqual(quick.askedAt.map(() => quick.askedAt[0]));
    expect(slow.askedAt.map((at, i) => at - i * 7000)).toEqual(slow.askedAt.map(() => slow.askedAt[0]));
  });

  it('should spread the targets over their interval, each always at the same offset', async () => {
    const { clock, checker, add } = makeRig();
    const targets = Array.from({ length: 500 }, (_, i) => add(`target-${i}`, 10_000));
    checker.run();
    await clock.advance(10_000);
    const perSecond = Array.from({ length: 10 }, () => 0);
    for (const { askedAt } of targets) perSecond[Math.floor((askedAt[0] ?? 0) / 1000)]! += 1;

    expect(Math.min(...perSecond)).toBeGreaterThan(25);
    expect(Math.max(...perSecond)).toBeLessThan(85);

    const again = makeRig();
    const target = again.add('target-7', 10_000);
    await again.clock.advance(123_456);
    again.checker.run();
    await again.clock.advance(10_000);
    expect((target.askedAt[0] ?? 0) % 10_000).toBe((targets[7]?.askedAt[0] ?? 0) % 10_000);
  });

  it('should fail a check that hangs at its timeout, break it off, and delay no other', async () => {
    const { clock, checker, add, runs, statuses } = makeRig();
    const hanging = add('hanging', 5000, 3000);
    hanging.behaviour = { kind: 'hang' };
    const other = add('other', 1000, 1000);
    checker.run();

    await clock.advance(20_000);

    expect(statuses('hanging')).toEqual(
      ['fail', 'fail', 'fail', 'fail'].slice(0, statuses('hanging').length),
    );
    expect(statuses('hanging').length).toBeGreaterThanOrEqual(3);
    expect(runs.find(({ targetId }) => targetId === 'hanging')).toMatchObject({
      durationMs: 3000,
      reason: 'there was no answer within 3000 ms',
      // The metrics of the same check had answered, and are kept.
      metrics: { kind: 'read' },
    });
    expect(hanging.signals.every(({ aborted }, i) => aborted || i === hanging.signals.length - 1)).toBe(true);
    expect(other.askedAt).toHaveLength(20);
    expect(other.askedAt.map((at) => at % 1000)).toEqual(
      other.askedAt.map(() => (other.askedAt[0] ?? 0) % 1000),
    );
  });

  it('should skip and count the turns of a target that still works on the last one', async () => {
    const { clock, checker, add, statuses } = makeRig();
    const deaf = add('deaf', 1000, 500);
    deaf.behaviour = { kind: 'deaf' };
    checker.run();

    await clock.advance(5000);
    expect(deaf.askedAt).toHaveLength(1);
    expect(checker.list()).toMatchObject([{ status: 'fail', isRunning: true, skipped: 4 }]);

    deaf.behaviour = { status: 'pass' };
    deaf.release();
    await clock.advance(2000);
    expect(statuses('deaf')).toEqual(['fail', 'pass', 'pass']);
    expect(checker.list()).toMatchObject([{ status: 'pass', isRunning: false, skipped: 4 }]);
  });

  it('should tell the reason of a check that fails, and each change of state in one line', async () => {
    const { clock, checker, add, lines, runs } = makeRig();
    const target = add('a', 1000, 1000);
    checker.run();
    await clock.advance(2000);
    target.behaviour = { kind: 'throw', message: 'nobody answers at 127.0.0.1:1' };
    await clock.advance(2000);
    target.behaviour = { status: 'warn', reason: 'the disk is nearly full' };
    await clock.advance(1000);
    target.behaviour = { status: 'pass' };
    await clock.advance(1000);
    await checker.stop();

    expect(lines).toEqual([
      'the checker runs',
      'target a passes',
      'target a: fail',
      'target a: warn',
      'target a passes',
      'the checker has stopped',
    ]);
    expect(runs.map(({ reason }) => reason)).toEqual([
      undefined,
      undefined,
      'nobody answers at 127.0.0.1:1',
      'nobody answers at 127.0.0.1:1',
      'the disk is nearly full',
      undefined,
    ]);
  });

  it('should leave nothing running after stop, and break off what was in flight without recording it', async () => {
    const { clock, checker, add, runs } = makeRig();
    const hanging = add('hanging', 5000, 3000);
    hanging.behaviour = { kind: 'hang' };
    add('other');
    checker.run();
    await clock.advance(5000);
    const before = runs.length;
    hanging.askedAt.length = 0;
    while (hanging.askedAt.length === 0) await clock.advance(500);

    await checker.stop();

    expect(clock.pending).toBe(0);
    expect(hanging.signals.at(-1)?.aborted).toBe(true);
    await clock.advance(60_000);
    expect(runs.length - before).toBeLessThanOrEqual(2);
    expect(hanging.askedAt).toHaveLength(1);
    expect(checker.list().every(({ isRunning }) => !isRunning)).toBe(true);
  });

  it('should run again after a stop, and take both more than once', async () => {
    const { clock, checker, add } = makeRig();
    const target = add('a', 1000, 1000);
    checker.run();
    checker.run();
    await clock.advance(3000);
    await checker.stop();
    await checker.stop();
    checker.run();
    await clock.advance(3000);

    expect(target.askedAt).toHaveLength(6);
  });

  it('should take in and let go of targets while it runs', async () => {
    const { clock, checker, add, runs } = makeRig();
    const first = add('first', 1000, 1000);
    checker.run();
    await clock.advance(2000);
    const second = add('second', 1000, 1000);
    await clock.advance(2000);
    const was = await checker.remove('first');
    await clock.advance(2000);

    expect([was, await checker.remove('first')]).toEqual([true, false]);
    expect([first.askedAt.length, second.askedAt.length]).toEqual([4, 4]);
    expect(checker.list().map(({ id }) => id)).toEqual(['second']);
    expect(runs).toHaveLength(8);
    await checker.stop();
    expect(clock.pending).toBe(0);
  });

  it('should be unknown, never fail, when the checker itself was held up', async () => {
    const { clock, checker, add, statuses, runs } = makeRig();
    const hanging = add('hanging', 5000, 3000);
    hanging.behaviour = { kind: 'hang' };
    const fine = add('fine', 5000, 3000);
    checker.run();
    while (hanging.askedAt.length === 0) await clock.advance(100);

    await clock.stall(10_000);

    expect(statuses('hanging')).toEqual(['unknown']);
    expect(runs.find(({ targetId }) => targetId === 'hanging')?.reason).toMatch(
      /^the checker was held up for \d+ ms$/,
    );
    expect(statuses('fine').every((status) => status === 'pass')).toBe(true);
    expect(checker.list().find(({ id }) => id === 'hanging')?.skipped).toBeGreaterThanOrEqual(1);
    // Afterwards a failure is the target's own again.
    await clock.advance(10_000);
    expect(statuses('hanging').at(-1)).toBe('fail');
    expect(fine.askedAt.length).toBeGreaterThan(0);
  });

  it('should be unknown when several short stalls together may have been what made a check fail', async () => {
    const { clock, checker, add, statuses } = makeRig();
    const hanging = add('hanging', 5000, 3000);
    hanging.behaviour = { kind: 'hang' };
    checker.run();
    while (hanging.askedAt.length === 0) await clock.advance(100);

    for (let i = 0; i < 3; i += 1) {
      await clock.stall(400);
      await clock.advance(200);
    }
    await clock.advance(2000);

    expect(statuses('hanging')).toEqual(['unknown']);
  });

  it.each([
    { took: 20, stalled: 500, status: 'unknown' },
    { took: 250, stalled: 400, status: 'unknown' },
    { took: 500, stalled: 160, status: 'fail' },
    { took: 320, stalled: 0, status: 'fail' },
  ])(
    'should call an answer that took $took ms beside a stall of $stalled ms $status, where 300 ms are the limit',
    async ({ took, stalled, status }) => {
      const { clock, checker, add, statuses } = makeRig();
      const page = add('page', 5000, 3000);
      page.health = async () => {
        const begunMs = clock.elapsed();
        page.askedAt.push(begunMs);
        await new Promise<void>((resolve) => void clock.setTimer(resolve, took + stalled));
        const answer = { status: 200, body: '', durationMs: clock.elapsed() - begunMs };
        return judgeAnswer(answer, { latencyFailMs: 300 }, clock.now());
      };
      checker.run();
      while (page.askedAt.length === 0) await clock.advance(10);

      await clock.stall(stalled);
      await clock.advance(took + 100);

      expect(statuses('page')).toEqual([status]);
    },
  );

  it('should believe no measurement of silence when the checker itself was held up', async () => {
    const { clock, checker, add, runs } = makeRig();
    const page = add('page', 5000, 3000);
    page.behaviour = { kind: 'hang' };
    const measure = page.metrics.bind(page);
    page.metrics = async () => ({ ...(await measure()), isUp: false });
    checker.run();
    while (page.askedAt.length === 0) await clock.advance(100);

    await clock.stall(10_000);
    await clock.advance(10_000);

    expect(runs[0]?.metrics).toMatchObject({ kind: 'failed', isDoubtful: true });
    // Afterwards it is the target's own again.
    expect(runs.at(-1)?.metrics).toMatchObject({ kind: 'read', isUp: false });
  });

  it('should be unknown while something else is wrong with the checker, and still pass what passes', async () => {
    const rig = makeRig();
    const { clock, checker, add, statuses } = rig;
    add('bad', 1000, 1000).behaviour = { status: 'fail', reason: 'no' };
    add('good', 1000, 1000);
    checker.run();
    rig.trouble = 'the database is away';
    await clock.advance(1000);
    rig.trouble = undefined;
    await clock.advance(1000);

    expect(statuses('bad')).toEqual(['unknown', 'fail']);
    expect(statuses('good')).toEqual(['pass', 'pass']);
    expect(rig.runs.find(({ status }) => status === 'unknown')?.reason).toBe('the database is away');
  });

  it('should refuse targets that cannot be checked, and say why', () => {
    const { checker, add } = makeRig();
    add('a');

    expect(() => add('a')).toThrow(DuplicateTargetError);
    expect(() => add('b', 1000, 2000)).toThrow(
      "target 'b': its timeout is 2000 ms; allowed is 1 ms to the interval, 1000 ms",
    );
    expect(() => add('b', 0)).toThrow(InvalidTargetError);
    expect(() => add('b', Number.NaN)).toThrow(InvalidTargetError);
    const other = { ...toTarget(new FakeTarget('c', () => 0)), domain: 'a' };
    expect(() => checker.add(other)).toThrow("there is a target with the domain 'a' already");
    expect(checker.list()).toHaveLength(1);
  });
});
