import { describe, expect, it } from 'vitest';
import { createMemoryStores } from '../src/adapters/memory/index.ts';
import type { CalendarContext } from '../src/context.ts';
import { ErrInvalidEvent } from '../src/errors.ts';
import { createEvent } from '../src/event/create-event.ts';
import { UTC } from '../src/time/time-zone.ts';
import { newEventId, newOwner, NOW } from './fixtures.ts';

describe('createEvent()', () => {
  const stores = createMemoryStores();
  const context: CalendarContext = {
    ...stores,
    now: () => NOW,
    newId: newEventId,
    newWebhookSecret: () => 'whsec_',
    defaultTimeZone: UTC,
  };

  it("should store nothing of a new user's, not even a calendar, where the event is refused", async () => {
    const user = newOwner();

    await expect(createEvent(context, user, { title: 'No start' })).rejects.toBeInstanceOf(ErrInvalidEvent);

    expect(await stores.calendars.list(user)).toEqual([]);
  });

  it("should make a new user's default calendar with the first event", async () => {
    const user = newOwner();

    const event = await createEvent(context, user, {
      title: 'First',
      start: '2026-11-23T09:00:00',
      duration: 'PT1H',
    });

    const [calendar] = await stores.calendars.list(user);
    expect(calendar).toMatchObject({ id: event.calendarId, isDefault: true, timeZone: 'UTC' });
  });
});
