import type { CalendarContext } from '../../../context.ts';
import { listReminders } from '../../../reminder/list-reminders.ts';
import { toNotificationView } from '../../../reminder/reminder-view.ts';
import { getSettings, toSettingsView, updateSettings } from '../../../reminder/user-settings.ts';
import { JSON_TYPE, MERGE_PATCH_TYPE } from '../body/register-body-parsers.ts';
import { errors, ok } from '../schema/answers.ts';
import { NoQuery, NotificationQuery } from '../schema/query-schema.ts';
import { NotificationList, Settings, SettingsPatch } from '../schema/reminder-schema.ts';
import type { CalendarScope } from './calendar-scope.ts';
import { operation } from './operation.ts';
import { userOf } from './user-of.ts';

const list = operation('ListNotifications', {
  tags: ['reminders'],
  summary: 'List reminders and what became of each, in pages',
  description: 'Those of deleted events too.',
  querystring: NotificationQuery,
  response: { 200: ok(NotificationList, 'A page of reminders, by due time.'), ...errors() },
});

const get = operation('GetSettings', {
  tags: ['reminders'],
  summary: 'Get where and how the user is reminded',
  querystring: NoQuery,
  response: { 200: ok(Settings, "The user's settings."), ...errors() },
});

const update = operation('UpdateSettings', {
  tags: ['reminders'],
  summary: 'Change where and how the user is reminded',
  description:
    'Addresses in private networks are refused when a reminder is sent, unless the server allows them: that reminder has then failed.',
  consumes: [MERGE_PATCH_TYPE, JSON_TYPE],
  querystring: NoQuery,
  body: SettingsPatch,
  response: {
    200: ok(Settings, 'The settings as they are now.'),
    ...errors('payload_too_large', 'unsupported_media_type'),
  },
});

export function addReminderRoutes(scope: CalendarScope, context: CalendarContext): void {
  scope.get('/api/v1/notifications', list, async (request) => {
    const { query, signal } = request;
    const { reminders, nextPageToken } = await listReminders(context, userOf(request), query, signal);
    return { notifications: reminders.map(toNotificationView), next_page_token: nextPageToken };
  });

  scope.get('/api/v1/settings', get, async (request) =>
    toSettingsView(await getSettings(context, userOf(request), request.signal)),
  );

  scope.patch('/api/v1/settings', update, async (request) =>
    toSettingsView(await updateSettings(context, userOf(request), request.body, request.signal)),
  );
}
