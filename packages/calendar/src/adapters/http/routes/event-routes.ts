import type { CalendarContext } from '../../../context.ts';
import { createEvent } from '../../../event/create-event.ts';
import { deleteEvent } from '../../../event/delete-event.ts';
import { toEventView } from '../../../event/event-view.ts';
import { getEvent } from '../../../event/get-event.ts';
import { updateEvent } from '../../../event/update-event.ts';
import { JSON_TYPE, MERGE_PATCH_TYPE } from '../body/register-body-parsers.ts';
import { formatEtag, isKnownToClient, parseIfMatch } from '../etag.ts';
import { empty, errors, ETAG, ok } from '../schema/answers.ts';
import { Event, EventPatch, EventPath, NewEvent } from '../schema/event-schema.ts';
import { ChangeHeaders, ReadHeaders } from '../schema/header-schema.ts';
import { NoQuery } from '../schema/query-schema.ts';
import { operation } from './operation.ts';
import type { CalendarScope } from './calendar-scope.ts';
import { userOf } from './user-of.ts';

const LOCATION = {
  Location: {
    type: 'string',
    description: 'The path of the event.',
    example: '/api/v1/events/0196a1b2-1c2d-7e3f-8a4b-5c6d7e8f9a0b',
  },
} as const;

const common = { tags: ['events'], querystring: NoQuery };

const create = operation('CreateEvent', {
  ...common,
  summary: 'Create an event',
  description:
    'Creating again with the same client-supplied id is idempotent when the content is equal: the stored event is answered.',
  body: NewEvent,
  response: {
    201: ok(Event, 'The event.', { ...LOCATION, ...ETAG }),
    ...errors(
      'invalid_event',
      'calendar_not_found',
      'date_busy',
      'event_exists',
      'payload_too_large',
      'unsupported_media_type',
    ),
  },
});

const get = operation('GetEvent', {
  ...common,
  summary: 'Get an event',
  params: EventPath,
  headers: ReadHeaders,
  response: {
    200: ok(Event, 'The event.', ETAG),
    304: empty('The client has this version already.'),
    ...errors('event_not_found'),
  },
});

const update = operation('UpdateEvent', {
  ...common,
  summary: 'Change an event',
  description: 'Give `If-Match`, or the `etag` in the body, to be told when somebody else was faster.',
  consumes: [MERGE_PATCH_TYPE, JSON_TYPE],
  params: EventPath,
  headers: ChangeHeaders,
  body: EventPatch,
  response: {
    200: ok(Event, 'The event as it is now.', ETAG),
    ...errors(
      'invalid_event',
      'event_not_found',
      'date_busy',
      'stale_event',
      'payload_too_large',
      'unsupported_media_type',
    ),
  },
});

const remove = operation('DeleteEvent', {
  ...common,
  summary: 'Delete an event',
  description: 'The second time it is not found.',
  params: EventPath,
  headers: ChangeHeaders,
  response: { 204: empty('It is deleted.'), ...errors('event_not_found', 'stale_event') },
});

export function addEventRoutes(scope: CalendarScope, context: CalendarContext): void {
  scope.post('/api/v1/events', create, async (request, reply) => {
    const event = await createEvent(context, userOf(request), request.body, request.signal);
    return reply
      .code(201)
      .header('location', `/api/v1/events/${event.id}`)
      .header('etag', formatEtag(event))
      .send(toEventView(event));
  });

  scope.get('/api/v1/events/:id', get, async (request, reply) => {
    const event = await getEvent(context, userOf(request), request.params.id, request.signal);
    reply.header('etag', formatEtag(event));
    if (isKnownToClient(request.headers['if-none-match'], event)) return reply.code(304).send();
    return reply.send(toEventView(event));
  });

  scope.patch('/api/v1/events/:id', update, async (request, reply) => {
    const expected = parseIfMatch(request.headers['if-match']);
    const { id } = request.params;
    const event = await updateEvent(context, userOf(request), id, request.body, expected, request.signal);
    return reply.header('etag', formatEtag(event)).send(toEventView(event));
  });

  scope.delete('/api/v1/events/:id', remove, async (request, reply) => {
    const expected = parseIfMatch(request.headers['if-match']);
    await deleteEvent(context, userOf(request), request.params.id, expected, request.signal);
    return reply.code(204).send();
  });
}
