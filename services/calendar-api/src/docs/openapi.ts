import { registerOpenApi as register } from '@daywatch/service-kit/openapi';
import type { FastifyInstance } from 'fastify';
import { VERSION } from '../version.ts';
import { SYSTEM_PATHS } from './system-paths.ts';

const DESCRIPTION = `Events that never overlap by accident. The same methods are served over gRPC, which
\`daywatch.calendar.v1.CalendarService\` describes (server reflection is on).

Errors have one shape: \`{"code":409,"error":"date_busy","message":"…","details":[…]}\`. \`error\` is stable and for
programs, \`message\` is for people. Request bodies are JSON in UTF-8; unknown fields, unknown or repeated
parameters, and keys that stand twice in one object are refused.`;

const TAGS = [
  { name: 'events', description: 'Create, read, change and delete events.' },
  { name: 'listings', description: 'What happens in a day, a week, a month, or any period.' },
  { name: 'calendars', description: 'Calendars of the user. Events of different calendars may overlap.' },
  { name: 'reminders', description: 'What became of reminders, and where they go.' },
] as const;

const SYSTEM_TAG = {
  name: 'system',
  description: 'Health, metrics and this documentation. Open without credentials.',
} as const;

/** What another part of the process adds to the documentation of its routes. */
export interface PartDocs {
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, object>>;
}

/** Serves `/openapi.json`: the calendar's methods, and those of other parts of the process. */
export function registerOpenApi(app: FastifyInstance, part: PartDocs = { tags: [], paths: {} }): void {
  register(app, {
    version: VERSION,
    description: DESCRIPTION,
    tags: [...TAGS, ...part.tags, SYSTEM_TAG],
    tokenDescription: 'A token with the scope `calendar`, made with `daywatch token create`.',
    paths: { ...SYSTEM_PATHS, ...part.paths },
  });
}
