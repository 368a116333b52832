import { describe, expect, it } from 'vitest';
import { waitFor } from '../_support/wait-for.ts';
import { openCalendar, type Calendar, type Reminder } from './_support/calendar.ts';
import { crash, inspect, SERVICES, waitUntilWell } from './_support/containers.ts';
import { startLoad, type Load } from './_support/load.ts';
import type { Site } from './_support/site.ts';

/** So many events are acknowledged after each crash before the next. */
const EVENTS_BETWEEN = 10;

export function describeCrashes(site: () => Site): void {
  describe('under load', () => {
    it('should recover from the crash of each container, and from the loss of all, and lose nothing', async () => {
      const bob = await openCalendar(site(), 'bob');
      const load = startLoad(bob);
      await untilMoreAre(load);

      for (const service of SERVICES) {
        await crash(site(), service);
        await untilMoreAre(load);
        await waitUntilWell(site(), [service]);
      }
      await waitUntilWell(site());
      // As when the power fails; Compose starts what is there.
      await site().compose('kill');
      await site().compose('up', '--detach');
      await untilMoreAre(load);
      await waitUntilWell(site());
      await load.stop();

      const reminders = await waitUntilAllAreSent(bob, load);
      expect(Array.from(reminders, ({ event_id }) => event_id).toSorted()).toEqual(
        [...load.acknowledged].toSorted(),
      );
      expect(await findMissingEvents(bob, load)).toEqual([]);
      // A line may be there twice, where a sender was killed before it could record what it had sent: the id tells.
      expect(
        [...(await listSentIds(site()))].filter((id) => reminders.some((one) => one.id === id)),
      ).toHaveLength(load.acknowledged.size);
    }, 600_000);
  });
}

async function untilMoreAre(load: Load): Promise<void> {
  const before = load.acknowledged.size;
  await waitFor(
    `${EVENTS_BETWEEN} more events to be acknowledged`,
    () => load.acknowledged.size >= before + EVENTS_BETWEEN,
    120_000,
    50,
  );
}

async function waitUntilAllAreSent(calendar: Calendar, load: Load): Promise<readonly Reminder[]> {
  let reminders: readonly Reminder[] = [];
  await waitFor(
    'every reminder to be sent',
    async () => {
      reminders = await calendar.listReminders(load.startMs);
      return reminders.length >= load.acknowledged.size && reminders.every(({ status }) => status === 'sent');
    },
    120_000,
    500,
  ).catch((error: unknown) => {
    const others = reminders.filter(({ status }) => status !== 'sent');
    throw new Error(`of ${reminders.length} are not sent: ${JSON.stringify(others.slice(0, 5))}`, {
      cause: error,
    });
  });
  return reminders;
}

async function findMissingEvents({ call }: Calendar, load: Load): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const id of load.acknowledged) {
    const { status } = await call('GET', `/api/v1/events/${id}`);
    if (status !== 200) missing.push(`${id}: ${status}`);
  }
  return missing;
}

async function listSentIds(site: Site): Promise<ReadonlySet<string>> {
  const { Id } = await inspect(site, 'calendar-sender');
  const lines = (await site.docker('logs', Id))
    .split('\n')
    .filter((line) => line.includes('"kind":"reminder"'));
  return new Set(lines.map((line) => (JSON.parse(line) as { readonly id: string }).id));
}
