import type { CalendarContext } from '../../../context.ts';
import { toEventView } from '../../../event/event-view.ts';
import { deleteOccurrence } from '../../../occurrence/delete-occurrence.ts';
import { getOccurrence } from '../../../occurrence/get-occurrence.ts';
import type { OccurrenceName } from '../../../occurrence/occurrence-target.ts';
import { updateOccurrence } from '../../../occurrence/update-occurrence.ts';
import { JSON_TYPE, MERGE_PATCH_TYPE } from '../body/register-body-parsers.ts';
import { formatEtag, isKnownToClient, parseIfMatch } from '../etag.ts';
import { empty, errors, ETAG, ok } from '../schema/answers.ts';
import { Event, OccurrencePatch } from '../schema/event-schema.ts';
import { ChangeHeaders, ReadHeaders } from '../schema/header-schema.ts';
import { OccurrencePath } from '../schema/occurrence-schema.ts';
import { NoQuery, ScopeQuery } from '../schema/query-schema.ts';
import { operation } from './operation.ts';
import type { CalendarScope } from './calendar-scope.ts';
import { userOf } from './user-of.ts';

const PATH = '/api/v1/events/:id/occurrences/:recurrence_id';

const common = { tags: ['events'], params: OccurrencePath };

const get = operation('GetOccurrence', {
  ...common,
  summary: 'Get one occurrence of an event',
  description:
    'It is answered as an event: with its own times and texts, `recurrence_id` set and `recurrence` null. Its etag is that of the event.',
  querystring: NoQuery,
  headers: ReadHeaders,
  response: {
    200: ok(Event, 'The occurrence.', ETAG),
    304: empty('The client has this version already.'),
    ...errors('event_not_found', 'occurrence_not_found'),
  },
});

const update = operation('UpdateOccurrence', {
  ...common,
  summary: 'Change one occurrence, or it and all that follow',
  description:
    'With `scope=this` the title, times, texts, reminders and `busy` of the one occurrence may be changed, and `null` takes what the series has; the occurrence is answered. With `scope=following` anything may be changed that an event has: the series ends before the occurrence, and a new event, linked to it by `continues` and `continued_by`, goes on from there; that one is answered, also where the same change is sent again.',
  consumes: [MERGE_PATCH_TYPE, JSON_TYPE],
  querystring: ScopeQuery,
  headers: ChangeHeaders,
  body: OccurrencePatch,
  response: {
    200: ok(Event, 'The occurrence, or the event that goes on from it.', ETAG),
    ...errors(
      'invalid_event',
      'event_not_found',
      'occurrence_not_found',
      'date_busy',
      'stale_event',
      'payload_too_large',
      'unsupported_media_type',
    ),
  },
});

const remove = operation('DeleteOccurrence', {
  ...common,
  summary: 'Delete one occurrence, or it and all that follow',
  description: 'The second time it is not found. Where nothing of the event remains, the event is deleted.',
  querystring: ScopeQuery,
  headers: ChangeHeaders,
  response: {
    204: empty('It is deleted.'),
    ...errors('event_not_found', 'occurrence_not_found', 'stale_event'),
  },
});

export function addOccurrenceRoutes(scope: CalendarScope, context: CalendarContext): void {
  scope.get(PATH, get, async (request, reply) => {
    const name = nameOf(request.params);
    const event = await getOccurrence(context, userOf(request), name, request.signal);
    reply.header('etag', formatEtag(event));
    if (isKnownToClient(request.headers['if-none-match'], event)) return reply.code(304).send();
    return reply.send(toEventView(event));
  });

  scope.patch(PATH, update, async (request, reply) => {
    const expected = parseIfMatch(request.headers['if-match']);
    const target = { ...nameOf(request.params), ...request.query };
    const user = userOf(request);
    const event = await updateOccurrence(context, user, target, request.body, expected, request.signal);
    return reply.header('etag', formatEtag(event)).send(toEventView(event));
  });

  scope.delete(PATH, remove, async (request, reply) => {
    const expected = parseIfMatch(request.headers['if-match']);
    const target = { ...nameOf(request.params), ...request.query };
    await deleteOccurrence(context, userOf(request), target, expected, request.signal);
    return reply.code(204).send();
  });
}

function nameOf({ id, recurrence_id }: { id: string; recurrence_id: string }): OccurrenceName {
  return { event_id: id, recurrence_id };
}
