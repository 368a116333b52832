import { healthPath, metricsPath, openApiPath } from '@daywatch/service-kit/openapi';

export const DESCRIPTION = `What the monitor has read from its targets, and how they are. Everything is read with GET.

Errors have one shape: \`{"code":400,"error":"invalid_request","message":"…","details":[…]}\`. \`error\` is stable and for
programs, \`message\` is for people. Unknown and repeated parameters are refused. Times are RFC 3339; those of answers are in
UTC, to the millisecond. What JSON cannot carry is \`"NaN"\`, \`"+Inf"\` and \`"-Inf"\`.`;

/** The parts of the monitor's API, also where it stands beside the calendar's. */
export const TAGS = [
  { name: 'metrics', description: 'What was read from targets.' },
  { name: 'checks', description: 'What came of checks.' },
  { name: 'targets', description: 'What is watched.' },
  { name: 'series', description: 'Which series there are, and their lines.' },
  { name: 'board', description: 'How everything stands, and how it was.' },
] as const;

export const SYSTEM_TAG = {
  name: 'system',
  description: 'Health, metrics and this documentation. Open without credentials.',
} as const;

/** What the process serves beside its API. */
export const SYSTEM_PATHS = {
  '/health': healthPath('Health', 'How the process is, in detail'),
  '/health/live': healthPath('HealthLive', 'Whether the process is alive'),
  '/health/ready': healthPath('HealthReady', 'Whether the process is ready for requests'),
  '/metrics': metricsPath('Metrics'),
  '/openapi.json': openApiPath,
} as const;
