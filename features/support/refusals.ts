/** How a refusal is told to programs. */
export interface ExpectedRefusal {
  readonly code: string;
  readonly grpc: string;
  readonly http: string;
}

/** What people say of each refusal, and what programs read. */
export const REFUSALS = {
  'the time is taken': { code: 'date_busy', grpc: 'FAILED_PRECONDITION', http: '409' },
  'there is no such event': { code: 'event_not_found', grpc: 'NOT_FOUND', http: '404' },
  'there is no such occurrence': { code: 'occurrence_not_found', grpc: 'NOT_FOUND', http: '404' },
  'there is no such calendar': { code: 'calendar_not_found', grpc: 'NOT_FOUND', http: '404' },
  'the event is not valid': { code: 'invalid_event', grpc: 'INVALID_ARGUMENT', http: '400' },
  'the question is not valid': { code: 'invalid_request', grpc: 'INVALID_ARGUMENT', http: '400' },
  'the event has changed meanwhile': { code: 'stale_event', grpc: 'ABORTED', http: '412' },
  'the event exists already': { code: 'event_exists', grpc: 'ALREADY_EXISTS', http: '409' },
  'nobody is signed in': { code: 'unauthenticated', grpc: 'UNAUTHENTICATED', http: '401' },
  'the token does not allow it': { code: 'forbidden', grpc: 'PERMISSION_DENIED', http: '403' },
} as const satisfies Readonly<Record<string, ExpectedRefusal>>;
