import { healthPath, metricsPath, OPEN, openApiPath, textPath } from '@daywatch/service-kit/openapi';

/** What every process serves beside its API. */
export const SYSTEM_PATHS = {
  '/': textPath('Page', 'The web page', 'text/html'),
  '/hello': textPath('Hello', 'A line of text: the server is there'),
  '/health': healthPath('Health', 'How the process is, in detail'),
  '/health/live': healthPath('HealthLive', 'Whether the process is alive'),
  '/health/ready': healthPath('HealthReady', 'Whether the process is ready for requests'),
  '/metrics': metricsPath('Metrics'),
  '/parts/calendar/health': healthPath('CalendarHealth', 'How the calendar is, in detail'),
  '/parts/calendar/health/live': healthPath('CalendarHealthLive', 'Whether the calendar is alive'),
  '/parts/calendar/health/ready': healthPath('CalendarHealthReady', 'Whether the calendar is ready'),
  '/parts/calendar/metrics': metricsPath('CalendarMetrics'),
  '/openapi.json': openApiPath,
  '/docs': textPath('Docs', 'This document, to browse and to try', 'text/html'),
  '/sign-in': {
    get: {
      ...OPEN,
      operationId: 'SignIn',
      summary: 'Sign a browser in by a one-time link',
      parameters: [
        { name: 'code', in: 'query', required: true, schema: { type: 'string' } },
        { name: 'next', in: 'query', schema: { type: 'string', default: '/' } },
      ],
      responses: {
        303: { description: 'The browser is signed in and goes on to `next`.' },
        400: { description: '`next` is no path of this server.' },
        410: { description: 'The code was used, has expired, or never was one.' },
      },
    },
    post: {
      tags: ['system'],
      security: [{ token: [] }],
      operationId: 'SignInWithToken',
      summary: 'Sign a browser in by a token',
      description:
        'Begins a session that may do what the token may, for 30 days at most and no longer than the token works. Revoking the token does not end it: signing out does.',
      responses: {
        204: { description: 'The browser is signed in: the answer sets the cookie of its session.' },
        401: { description: 'The token is missing or wrong.' },
        403: { description: 'The request does not come from our own page.' },
      },
    },
  },
  '/sign-out': {
    post: {
      ...OPEN,
      operationId: 'SignOut',
      summary: 'Sign the browser out',
      responses: {
        204: { description: 'It is signed out.' },
        403: { description: 'The request does not come from our own page.' },
      },
    },
  },
} as const;
