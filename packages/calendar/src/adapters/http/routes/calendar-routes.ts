import type { CalendarContext } from '../../../context.ts';
import { toCalendarView } from '../../../calendar/calendar-view.ts';
import { createCalendar } from '../../../calendar/create-calendar.ts';
import { listCalendars } from '../../../calendar/list-calendars.ts';
import { updateCalendar } from '../../../calendar/update-calendar.ts';
import { JSON_TYPE, MERGE_PATCH_TYPE } from '../body/register-body-parsers.ts';
import { errors, ok } from '../schema/answers.ts';
import {
  Calendar,
  CalendarList,
  CalendarPatch,
  CalendarPath,
  NewCalendar,
} from '../schema/calendar-schema.ts';
import { NoQuery } from '../schema/query-schema.ts';
import { operation } from './operation.ts';
import type { CalendarScope } from './calendar-scope.ts';
import { userOf } from './user-of.ts';

const common = { tags: ['calendars'], querystring: NoQuery };

const list = operation('ListCalendars', {
  ...common,
  summary: "List the user's calendars, the default one first",
  response: { 200: ok(CalendarList, "All of the user's calendars: there is no paging."), ...errors() },
});

const create = operation('CreateCalendar', {
  ...common,
  summary: 'Create a further calendar',
  description:
    'Events of different calendars may overlap. A user may have 100 calendars. Creating again with the same client-supplied id is idempotent when the content is equal.',
  body: NewCalendar,
  response: {
    201: ok(Calendar, 'The calendar.', {
      Location: {
        type: 'string',
        description: 'The path to change it at.',
        example: '/api/v1/calendars/0196a1b2-0000-7000-8000-5c6d7e8f9a0b',
      },
    }),
    ...errors('invalid_calendar', 'calendar_exists', 'payload_too_large', 'unsupported_media_type'),
  },
});

const update = operation('UpdateCalendar', {
  ...common,
  summary: 'Change the name or the time zone of a calendar',
  description: 'Events keep the time zones that they have.',
  consumes: [MERGE_PATCH_TYPE, JSON_TYPE],
  params: CalendarPath,
  body: CalendarPatch,
  response: {
    200: ok(Calendar, 'The calendar as it is now.'),
    ...errors('invalid_calendar', 'calendar_not_found', 'payload_too_large', 'unsupported_media_type'),
  },
});

export function addCalendarRoutes(scope: CalendarScope, context: CalendarContext): void {
  scope.get('/api/v1/calendars', list, async (request) => {
    const calendars = await listCalendars(context, userOf(request), request.signal);
    return { calendars: calendars.map(toCalendarView) };
  });

  scope.post('/api/v1/calendars', create, async (request, reply) => {
    const calendar = await createCalendar(context, userOf(request), request.body, request.signal);
    return reply
      .code(201)
      .header('location', `/api/v1/calendars/${calendar.id}`)
      .send(toCalendarView(calendar));
  });

  scope.patch('/api/v1/calendars/:id', update, async (request) => {
    const { id } = request.params;
    const calendar = await updateCalendar(context, userOf(request), id, request.body, request.signal);
    return toCalendarView(calendar);
  });
}
