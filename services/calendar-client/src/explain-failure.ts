import type { CallFailure } from './api/call-failure.ts';
import type { Settings } from './settings.ts';

/** What went wrong in a call and what to do about it, for people. Not yet safe for a terminal. */
export function explainFailure(
  failure: CallFailure,
  settings: Pick<Settings, 'address' | 'token'>,
): readonly string[] {
  return [...explainCode(failure, settings), ...failure.hints];
}

function explainCode(
  failure: CallFailure,
  { address, token }: Pick<Settings, 'address' | 'token'>,
): readonly string[] {
  const { message } = failure;
  switch (failure.code) {
    case 'unauthenticated':
      return token
        ? [
            `the calendar at ${address.text} does not accept the token from ${token.source}: ${message}`,
            ...HOW_TO_GET_A_TOKEN,
          ]
        : [
            `the calendar at ${address.text} wants a token, and none was found`,
            ...WHERE_TOKENS_ARE,
            ...HOW_TO_GET_A_TOKEN,
          ];
    case 'forbidden':
      return [
        `the token${token ? ` from ${token.source}` : ''} may not do this: ${message}`,
        ...HOW_TO_GET_A_TOKEN,
      ];
    case 'unavailable':
      return failure.isAnswer
        ? [
            `the calendar at ${address.text} is not ready: ${message}`,
            'It may still be starting or waiting for its database; try again in a moment.',
          ]
        : explainUnreachable(failure, address);
    case 'deadline_exceeded':
      return [`no answer from ${address.text} in time`, 'Try again, or wait longer with --timeout 30s.'];
    case 'rate_limited':
      return [
        `the calendar is busy: ${message}`,
        `Try again in ${Math.ceil((failure.retryAfterMs ?? 1000) / 1000)} s.`,
      ];
    case 'stale_event':
      return [
        'somebody has changed the event in the meantime, so nothing was done',
        'Look at it (calendar_client show) and type the command again, or overrule the change with --force.',
      ];
    case 'date_busy':
      return failure.hints.length > 0 ? ['the time is taken'] : [message];
    case 'event_not_found':
      return [message, 'Listings show the ids: calendar_client week'];
    case 'occurrence_not_found':
      return [message, 'Its dates: calendar_client show'];
    case 'calendar_not_found':
      return [message, 'Your calendars: calendar_client calendars'];
    case 'event_exists':
      return [
        message,
        'Leave out --id for a new event, or change the one that is there: calendar_client change',
      ];
    case 'invalid_event':
    case 'invalid_calendar':
    case 'invalid_request':
      return explainViolations(failure);
    case 'internal':
      return [`the calendar at ${address.text} failed: ${message}`, 'Its log says more.'];
    default:
      return [message];
  }
}

const WHERE_TOKENS_ARE = [
  'Looked for --token, --token-file, DAYWATCH_TOKEN, DAYWATCH_TOKEN_FILE, a file .daywatch/token (in DAYWATCH_DATA,',
  'here or in a folder above) and ~/.config/daywatch/token.',
];

const HOW_TO_GET_A_TOKEN = [
  'make run writes one to .daywatch/token in its folder; elsewhere ask whoever runs the server for one',
  '(daywatch token create) and keep it in ~/.config/daywatch/token.',
];

function explainUnreachable(failure: CallFailure, address: Settings['address']): readonly string[] {
  const reason = describeConnectionError(failure.message);
  return [
    `cannot reach a calendar at ${address.text}: ${reason}`,
    ...(address.tls
      ? [
          'If the server has no TLS, leave out --tls; if its certificate is your own, name its issuer with --ca FILE.',
        ]
      : []),
    'Is it running? Start it with: make run',
    'Is it elsewhere? Name it with --address host:port or DAYWATCH_ADDRESS.',
  ];
}

/** The reason within the long sentence of grpc-js. */
function describeConnectionError(message: string): string {
  const last = /Last error: (?:Error: )?(.*?)(?:\. Resolution note:.*)?$/s.exec(message)?.[1] ?? message;
  if (last.includes('ECONNREFUSED')) return 'nothing listens there';
  if (last.includes('ENOTFOUND') || message.includes('Name resolution failed'))
    return 'there is no host of that name';
  if (last.includes('wrong version number')) return 'what listens there does not speak TLS';
  if (/Failed to connect|socket closed|ECONNRESET|hang up|Protocol error|Connection dropped/i.test(last)) {
    return 'something listens there that hangs up; it may want TLS (--tls), or be no calendar';
  }
  return last;
}

function explainViolations({ message, violations }: CallFailure): readonly string[] {
  const [first] = violations;
  if (!first) return [message];
  if (violations.length === 1) return [`${first.field}: ${first.description}`];
  return [
    'the calendar does not take this:',
    ...violations.map(({ field, description }) => `  ${field}: ${description}`),
  ];
}
