import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reminderIdOf } from '../src/reminder/reminder-id.ts';
import type { ReminderKey } from '../src/reminder/reminder.ts';
import type { Claim, DueReminder } from '../src/reminder/reminder-queue.ts';
import type { SendingOutcome } from '../src/reminder/sending.ts';
import { MAX_INSTANT, MIN_INSTANT, toInstant, type Instant } from '../src/time/instant.ts';
import { openService, type Service } from './series-service.ts';
import { DUE, LEASE_MS, MEETING } from './sending-trial.ts';
import type { OpenStores, Stores } from './stores.ts';

const stepArb = fc.oneof(
  fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 40_000 }) }),
  fc.record({ kind: fc.constant('claim' as const), limit: fc.integer({ min: 1, max: 3 }) }),
  // What a step takes up of what others have left: claims to be published or recorded, messages, attempts.
  fc.record({ kind: fc.constant('publish' as const), which: fc.nat(9) }),
  fc.record({ kind: fc.constant('record' as const), which: fc.nat(9) }),
  fc.record({ kind: fc.constant('forget-claim' as const), which: fc.nat(9) }),
  fc.record({ kind: fc.constant('receive' as const), which: fc.nat(9) }),
  fc.record({
    kind: fc.constant('postpone' as const),
    which: fc.nat(9),
    ms: fc.integer({ min: 0, max: 5_000 }),
  }),
  fc.record({ kind: fc.constant('deliver' as const), which: fc.nat(9) }),
  fc.record({ kind: fc.constant('fail' as const), which: fc.nat(9), ms: fc.integer({ min: 0, max: 5_000 }) }),
  fc.record({ kind: fc.constant('crash' as const), which: fc.nat(9) }),
);
type Step = typeof stepArb extends fc.Arbitrary<infer T> ? T : never;

interface Attempt {
  readonly key: ReminderKey;
  readonly sender: string;
  readonly beganAt: Instant;
}

/** Schedulers, senders and a queue that do each of their steps at any time, or never: who leaves a step out has died. */
class World {
  now = DUE;
  readonly claims: { readonly claim: Claim; readonly due: readonly DueReminder[]; isPublished: boolean }[] =
    [];
  /** Handed out again until they are acknowledged. */
  readonly messages: ReminderKey[] = [];
  readonly attempts: Attempt[] = [];
  /** How often each was delivered. */
  readonly delivered = new Map<string, number>();
  /** Whose sender has died, or was so slow that its lease ended: they may be delivered once more for each time. */
  readonly inDoubt = new Map<string, number>();
  readonly #stores: Stores;

  constructor(stores: Stores) {
    this.#stores = stores;
  }

  async run(step: Step): Promise<void> {
    switch (step.kind) {
      case 'wait':
        this.now = toInstant(this.now + step.ms);
        return;
      case 'claim':
        return this.claim(step.limit);
      case 'publish':
        return this.publish(pick(this.claims, step.which));
      case 'record':
        return this.record(take(this.claims, step.which));
      case 'forget-claim':
        take(this.claims, step.which);
        return;
      case 'receive':
        return this.receive(pick(this.messages, step.which));
      case 'postpone':
        return this.postpone(pick(this.messages, step.which), toInstant(this.now + step.ms));
      case 'deliver':
        return this.deliver(take(this.attempts, step.which));
      case 'fail':
        return this.fail(take(this.attempts, step.which), toInstant(this.now + step.ms));
      case 'crash':
        return this.crash(take(this.attempts, step.which));
      default:
        return step satisfies never;
    }
  }

  async claim(limit: number): Promise<void> {
    const claim = { id: randomUUID(), now: this.now, leaseUntil: toInstant(this.now + LEASE_MS) };
    const { due } = await this.#stores.reminders.queue.claimDue(claim, limit);
    if (due.length > 0) this.claims.push({ claim, due, isPublished: false });
  }

  publish(claimed: World['claims'][number] | undefined): void {
    if (!claimed) return;
    this.messages.push(...claimed.due.map(({ key }) => key));
    claimed.isPublished = true;
  }

  async record(claimed: World['claims'][number] | undefined): Promise<void> {
    if (!claimed?.isPublished) return;
    const outcomes = claimed.due.map(({ key }) => ({ key, kind: 'published' }) as const);
    await this.#stores.reminders.queue.recordScheduled(outcomes, claimed.claim);
  }

  async receive(key: ReminderKey | undefined): Promise<void> {
    if (!key) return;
    const sender = randomUUID();
    const leaseUntil = toInstant(this.now + LEASE_MS);
    const options = { sender, channel: 'test', now: this.now, leaseUntil };
    const [decision] = await this.#stores.reminders.sending.beginSending([key], options);
    if (decision?.kind === 'send') this.attempts.push({ key, sender, beganAt: this.now });
    else if (decision?.kind === 'wait') await this.postpone(key, decision.until);
    else this.acknowledge(key);
  }

  async postpone(key: ReminderKey | undefined, until: Instant): Promise<void> {
    if (!key) return;
    await this.outcome({ key, kind: 'postponed', until }, 'nobody');
    this.acknowledge(key);
  }

  async deliver(attempt: Attempt | undefined): Promise<void> {
    if (!attempt) return;
    const id = reminderIdOf(attempt.key);
    this.delivered.set(id, (this.delivered.get(id) ?? 0) + 1);
    if (this.now >= attempt.beganAt + LEASE_MS) this.doubt(id);
    await this.outcome({ key: attempt.key, kind: 'sent', at: this.now, late: false }, attempt.sender);
    this.acknowledge(attempt.key);
  }

  async fail(attempt: Attempt | undefined, until: Instant): Promise<void> {
    if (!attempt) return;
    await this.outcome({ key: attempt.key, kind: 'retry', error: 'no answer', until }, attempt.sender);
    this.acknowledge(attempt.key);
  }

  /** It had been delivered, and nobody has recorded it. */
  crash(attempt: Attempt | undefined): void {
    if (!attempt) return;
    const id = reminderIdOf(attempt.key);
    this.delivered.set(id, (this.delivered.get(id) ?? 0) + 1);
    this.doubt(id);
  }

  private doubt(id: string): void {
    this.inDoubt.set(id, (this.inDoubt.get(id) ?? 0) + 1);
  }

  private async outcome(outcome: SendingOutcome, sender: string): Promise<void> {
    await this.#stores.reminders.sending.recordOutcomes([outcome], sender);
  }

  private acknowledge(key: ReminderKey): void {
    const at = this.messages.indexOf(key);
    if (at >= 0) this.messages.splice(at, 1);
  }

  /** From now on everybody does everything that there is to do. */
  async settle(): Promise<void> {
    for (const attempt of this.attempts.splice(0)) this.crash(attempt);
    this.claims.length = 0;
    for (let round = 0; round < 5; round++) {
      this.now = toInstant(this.now + LEASE_MS);
      await this.claim(100);
      for (const claimed of this.claims.splice(0)) {
        this.publish(claimed);
        await this.record(claimed);
      }
      for (const message of this.messages.slice()) {
        await this.receive(message);
        for (const attempt of this.attempts.splice(0)) await this.deliver(attempt);
      }
    }
  }
}

/** No order of steps, and no step that is left out, loses a reminder, or repeats one that is not in doubt. */
export function describeSendingProperties(name: string, open: OpenStores, numRuns: number): void {
  describe(`reminders of ${name} whose schedulers and senders may die at any step`, () => {
    let stores: Stores;
    beforeAll(async () => {
      stores = await open();
    });
    afterAll(() => stores[Symbol.asyncDispose]());

    it('should all be sent, and twice only where a sender has died', { timeout: 120_000 }, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(stepArb, { maxLength: 60 }), async (steps) => {
          const service = openService(stores);
          for (let i = 0; i < 3; i++) await service.create({ ...MEETING, busy: false });
          const world = new World(stores);
          for (const step of steps) await world.run(step);
          await world.settle();

          const ids = await listSent(stores, service);
          expect(ids).toHaveLength(3);
          for (const id of ids) {
            const times = world.delivered.get(id) ?? 0;
            expect(times).toBeGreaterThanOrEqual(1);
            expect(times).toBeLessThanOrEqual(1 + (world.inDoubt.get(id) ?? 0));
          }
        }),
        { numRuns },
      );
    });
  });
}

async function listSent(stores: Stores, { user }: Service): Promise<readonly string[]> {
  const found = await stores.reminders.log.list({
    owner: user,
    eventId: undefined,
    from: MIN_INSTANT,
    to: MAX_INSTANT,
    status: 'sent',
    after: undefined,
    limit: 10,
  });
  return found.map(({ key }) => reminderIdOf(key));
}

function pick<T>(items: readonly T[], which: number): T | undefined {
  return items[which % Math.max(items.length, 1)];
}

function take<T>(items: T[], which: number): T | undefined {
  return items.splice(which % Math.max(items.length, 1), 1)[0];
}
