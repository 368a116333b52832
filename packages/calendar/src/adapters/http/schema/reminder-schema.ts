import { z } from 'zod';
import { REMINDER_STATUSES } from '../../../reminder/reminder.ts';

const Notification = z
  .object({
    id: z.string().meta({
      format: 'uuid',
      description:
        'The same for every attempt: receivers tell repetitions by it. Another one after a reschedule.',
    }),
    event_id: z.string().meta({ format: 'uuid' }),
    recurrence_id: z.string().meta({ description: 'Names the occurrence: its original start.' }),
    title: z.string(),
    occurrence_start: z.string().meta({ description: 'RFC 3339 with the offset of the zone, or a date.' }),
    user: z.string(),
    channel: z
      .string()
      .nullable()
      .meta({ description: 'What it was, or is being, sent through: `stdout`, `webhook`.' }),
    due_at: z.string().meta({ format: 'date-time', description: 'RFC 3339 in UTC.' }),
    sent_at: z.string().nullable().meta({ format: 'date-time', description: 'RFC 3339 in UTC.' }),
    status: z.enum(REMINDER_STATUSES),
    late: z.boolean().meta({ description: 'Delivered more than a minute after it was due.' }),
    attempts: z.int(),
    error: z.string().nullable().meta({ description: 'What went wrong last.' }),
  })
  .meta({ id: 'Notification', description: 'A reminder of one occurrence, and what became of it.' });

export const NotificationList = z
  .object({
    notifications: z.array(Notification).meta({ description: 'By due time.' }),
    next_page_token: z.string().meta({ description: 'Empty on the last page.' }),
  })
  .meta({
    id: 'NotificationList',
    description: "A page of the user's reminders.",
    examples: [
      {
        notifications: [
          {
            id: '0f0e9f0a-3c1d-8b7e-9a4b-5c6d7e8f9a0b',
            event_id: '0196a1b2-1c2d-7e3f-8a4b-5c6d7e8f9a0b',
            recurrence_id: '2026-11-23T08:00:00Z',
            title: 'Dentist',
            occurrence_start: '2026-11-23T09:00:00+01:00',
            user: 'alice',
            channel: 'webhook',
            due_at: '2026-11-23T07:45:00Z',
            sent_at: '2026-11-23T07:45:00.031Z',
            status: 'sent',
            late: false,
            attempts: 1,
            error: null,
          },
        ],
        next_page_token: '',
      },
    ],
  });

const webhookUrl = 'Where reminders are posted to, where the server sends them by webhook. Null: nowhere.';
const webhookSecret =
  'What those requests are signed with (Standard Webhooks). The server makes it with the first URL.';

export const Settings = z
  .object({
    webhook_url: z.string().nullable().meta({ format: 'uri', description: webhookUrl }),
    webhook_secret: z.string().nullable().meta({ description: webhookSecret }),
  })
  .meta({
    id: 'Settings',
    description: 'Where and how the user is reminded.',
    examples: [
      {
        webhook_url: 'https://example.org/hook',
        webhook_secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=',
      },
    ],
  });

export const SettingsPatch = z
  .strictObject({
    webhook_url: z
      .string()
      .nullish()
      .meta({ description: `${webhookUrl} http or https.` }),
    webhook_secret: z.string().nullish().meta({ description: 'Null makes a new one; it cannot be chosen.' }),
  })
  .meta({
    id: 'SettingsPatch',
    description: 'A JSON merge patch (RFC 7396): the fields that are present are changed.',
    examples: [{ webhook_url: 'https://example.org/hook' }, { webhook_secret: null }, { webhook_url: null }],
  });
