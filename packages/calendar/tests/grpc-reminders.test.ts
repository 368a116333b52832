import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { CalendarService, NotificationStatus } from '@daywatch/protocol/calendar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, failureOf } from './_support/grpc-client.ts';
import { startTestServer, type TestServer } from './_support/grpc-server.ts';

const { method } = CalendarService;

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

describe('reminders over gRPC', () => {
  it('should be listed, with what is not there empty', async () => {
    using client = connect(server.address, 'reminded');
    const event = await client.call(method.createEvent, {
      event: {
        title: 'Day off',
        start: '2031-06-02',
        end: '2031-06-03',
        allDay: true,
        notifyBefore: ['PT2H'],
      },
    });
    const { notifications, nextPageToken } = await client.call(method.listNotifications, {
      eventId: event.id,
    });

    expect(nextPageToken).toBe('');
    expect(notifications[0]?.sentAt).toBeUndefined();
    expect(notifications).toMatchObject([
      {
        eventId: event.id,
        recurrenceId: '2031-06-02',
        occurrenceStart: '2031-06-02',
        dueAt: timestampFromDate(new Date('2031-06-01T22:00:00Z')),
        status: NotificationStatus.PENDING,
        channel: '',
        error: '',
      },
    ]);
  });

  it('should be listed by status', async () => {
    using client = connect(server.address, 'listed');
    const times = { start: '2031-06-02T09:00:00Z', end: '2031-06-02T10:00:00Z' };
    await client.call(method.createEvent, { event: { title: 'Call', ...times, notifyBefore: ['PT1H'] } });
    const list = async (status: NotificationStatus) =>
      (await client.call(method.listNotifications, { status })).notifications.map((one) => one.status);

    expect(await list(NotificationStatus.UNSPECIFIED)).toEqual([NotificationStatus.PENDING]);
    expect(await list(NotificationStatus.PENDING)).toEqual([NotificationStatus.PENDING]);
    expect(await list(NotificationStatus.SENT)).toEqual([]);
  });

  it('should be refused where the request is wrong', async () => {
    using client = connect(server.address, 'refused');
    const status = 42 as NotificationStatus;
    const failure = await failureOf(client.call(method.listNotifications, { status }));

    expect(failure.message).toContain("status: '42' is no status; allowed are pending");
  });

  it('should go where the settings say', async () => {
    using client = connect(server.address, 'settled');
    const settings = { webhookUrl: 'https://example.org/hook' };
    const first = await client.call(method.updateSettings, { settings });
    expect(first).toMatchObject({ ...settings, webhookSecret: expect.stringMatching(/^whsec_/) });

    const updateMask = { paths: ['webhook_secret'] };
    const renewed = await client.call(method.updateSettings, { settings: {}, updateMask });
    expect(renewed.webhookUrl).toBe(first.webhookUrl);
    expect(renewed.webhookSecret).not.toBe(first.webhookSecret);
    expect(await client.call(method.getSettings, {})).toEqual(renewed);

    const cleared = await client.call(method.updateSettings, {
      settings: {},
      updateMask: { paths: ['webhook_url'] },
    });
    expect(cleared.webhookUrl).toBe('');
  });
});
