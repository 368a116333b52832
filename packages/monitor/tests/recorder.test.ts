import { describe, expect, it } from 'vitest';
import { createMemorySpool } from '../src/adapters/memory/index.ts';
import { Recorder, type Finding, type Spool, type WriteFindings } from '../src/index.ts';
import { makeFinding, secondsOf } from './_support/findings.ts';
import { VirtualClock } from './_support/virtual-clock.ts';

describe('the recorder', () => {
  it('should write what comes in groups, in order', async () => {
    const { clock, recorder, database, takeSeconds } = startRecorder();

    takeSeconds(1, 2);
    await clock.advance(30);
    takeSeconds(3);
    await clock.advance(400);
    takeSeconds(4);
    await clock.advance(400);

    expect(database.groups).toEqual([[1, 2, 3], [4]]);
    expect(recorder.counts.written).toBe(4);
    expect(recorder.trouble()).toBeUndefined();
  });

  it('should keep what comes while the database is away, and write it in order when it is back', async () => {
    const { clock, recorder, database, spool, takeSeconds, lines } = startRecorder();

    database.behaviour = 'refuse';
    takeSeconds(1, 2);
    await clock.advance(1000);
    takeSeconds(3);
    await clock.advance(60_000);
    expect(spool.usage().findings).toBe(3);
    expect(recorder.trouble()).toBe('the database is away');

    database.behaviour = 'work';
    takeSeconds(4);
    await clock.advance(1000);
    takeSeconds(5);
    await clock.advance(1000);

    expect(database.groups.flat()).toEqual([1, 2, 3, 4, 5]);
    expect(spool.usage().findings).toBe(0);
    expect(recorder.trouble()).toBeUndefined();
    expect(lines).toEqual([
      'readings cannot be written to the database: the disk keeps them',
      'readings can be written to the database again',
    ]);
  });

  it('should put on the disk within a second what a database that hangs does not take', async () => {
    const { clock, database, spool, takeSeconds } = startRecorder();

    database.behaviour = 'hang';
    takeSeconds(1);
    await clock.advance(1100);
    expect(secondsOf(await spool.peek(10))).toEqual([1]);
    takeSeconds(2);
    await clock.advance(250);
    expect(secondsOf(await spool.peek(10))).toEqual([1, 2]);

    // It had only been held up, and does what it was asked to as well: the stores know what they have.
    database.behaviour = 'work';
    database.goOn();
    await clock.advance(30_000);
    expect([...new Set(database.groups.flat())]).toEqual([1, 2]);
    expect(spool.usage().findings).toBe(0);
  });

  it('should say so once for each reason that the database gives while it takes nothing', async () => {
    const { clock, database, takeSeconds, lines } = startRecorder();

    database.behaviour = 'hang';
    takeSeconds(1);
    await clock.advance(60_000);
    expect(lines).toHaveLength(1);
    database.behaviour = 'refuse';
    await clock.advance(60_000);
    takeSeconds(2);
    await clock.advance(60_000);

    expect(lines).toEqual([
      'readings cannot be written to the database: the disk keeps them',
      'readings cannot be written to the database: the disk keeps them',
    ]);
  });

  it('should begin with what the spool holds from before', async () => {
    const spool = createMemorySpool({ maxFindings: 100 });
    await spool.append([makeFinding(1), makeFinding(2)]);
    const { clock, database, takeSeconds } = startRecorder({ spool });

    takeSeconds(3);
    await clock.advance(1000);

    expect(database.groups.flat()).toEqual([1, 2, 3]);
  });

  it('should drop what the spool has no room for, count it, and say so once', async () => {
    const { clock, recorder, database, takeSeconds, lines } = startRecorder({
      spool: createMemorySpool({ maxFindings: 2 }),
    });

    database.behaviour = 'refuse';
    for (let second = 1; second <= 5; second++) {
      takeSeconds(second);
      await clock.advance(1000);
    }
    database.behaviour = 'work';
    await clock.advance(1000);

    expect(database.groups.flat()).toEqual([1, 2]);
    expect(recorder.counts.dropped('spool_full')).toBe(3);
    expect(lines.filter((line) => line.includes('dropped'))).toHaveLength(1);
  });

  it('should drop what can never be stored, and nothing else', async () => {
    const { clock, recorder, database, takeSeconds } = startRecorder();

    database.poison = 2;
    takeSeconds(1, 2, 3);
    await clock.advance(600);

    expect(database.groups.flat()).toEqual([1, 3]);
    expect(recorder.counts.dropped('refused')).toBe(1);
    expect(recorder.trouble()).toBeUndefined();
  });

  it('should write what it has before it stops', async () => {
    const { clock, recorder, database, spool, takeSeconds } = startRecorder();
    await clock.advance(300);

    takeSeconds(1, 2);
    const stopped = recorder.stop(1000);
    await clock.advance(0);
    await stopped;

    expect(database.groups.flat()).toEqual([1, 2]);
    expect(spool.usage().findings).toBe(0);
    expect(clock.pending).toBe(0);
  });

  it.each(['hang', 'refuse'] as const)(
    'should keep on the disk what cannot be written before it stops: %s',
    async (behaviour) => {
      const { clock, recorder, database, spool, takeSeconds } = startRecorder();
      await clock.advance(100);
      database.behaviour = behaviour;
      takeSeconds(1);
      await clock.advance(5000);

      takeSeconds(2);
      const stopped = recorder.stop(500);
      await clock.advance(500);
      await stopped;

      expect(secondsOf(await spool.peek(10))).toEqual([1, 2]);
      expect(clock.pending).toBe(0);
    },
  );
});

class FakeDatabase {
  behaviour: 'work' | 'refuse' | 'hang' = 'work';
  /** The second of a finding that it never takes. */
  poison: number | undefined;
  readonly groups: (readonly number[])[] = [];
  #held: (() => void)[] = [];

  readonly write: WriteFindings = async (findings) => {
    if (this.behaviour === 'refuse') throw new Error('the database is away');
    if (this.behaviour === 'hang') await new Promise<void>((resolve) => void this.#held.push(resolve));
    const seconds = secondsOf(findings);
    if (this.poison !== undefined && seconds.includes(this.poison)) throw new PoisonError();
    this.groups.push(seconds);
    return { stored: findings.length, duplicates: 0, outOfOrder: 0 };
  };

  goOn(): void {
    for (const resolve of this.#held.splice(0)) resolve();
  }
}

class PoisonError extends Error {
  override readonly name = 'PoisonError';
}

function startRecorder({
  spool = createMemorySpool({ maxFindings: 1000 }),
}: { readonly spool?: Spool } = {}) {
  const clock = new VirtualClock();
  const database = new FakeDatabase();
  const lines: string[] = [];
  const tell = (_: object, message: string): void => void lines.push(message);
  const recorder = new Recorder({
    clock,
    write: database.write,
    spool,
    isHopeless: (error) => error instanceof PoisonError,
    log: { info: tell, warn: tell },
  });
  recorder.start();
  const takeSeconds = (...seconds: number[]): void => {
    for (const second of seconds) recorder.take(makeFinding(second) satisfies Finding);
  };
  return { clock, database, spool, recorder, lines, takeSeconds };
}
