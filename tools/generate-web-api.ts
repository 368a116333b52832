/**
 * Writes the types of the web page from the OpenAPI document of both APIs: `web/src/api/generated.ts`.
 * The document is asked from a process that keeps nothing, on a port of its own.
 */
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { calendarApiSchema, createCalendarApi, findShare } from '@daywatch/calendar-api';
import { createMemoryCheckResults, createMemoryTargets } from '@daywatch/monitor/memory';
import { createMonitorPart } from '@daywatch/restapi';
import { createMemorySeries } from '@daywatch/series/memory';
import { silentLog } from '@daywatch/service-kit/log';
import { printApiTypes, type ApiDocument } from './openapi/print-api-types.ts';

const ROOT = resolve(import.meta.dirname, '..');

/** Where the types lie. */
export const GENERATED = join(ROOT, 'web/src/api/generated.ts');

export async function generateWebApi(): Promise<string> {
  const config = calendarApiSchema.parse({ http: { port: 0 } });
  const log = silentLog();
  const { signal } = new AbortController();
  const stores = {
    series: createMemorySeries().reader,
    checks: createMemoryCheckResults(),
    targets: createMemoryTargets().board,
  };
  using monitor = createMonitorPart({ stores, logger: log.logger, signal, streamTimeoutMs: 1000 });
  await using api = createCalendarApi(config, {
    log,
    share: findShare(join(ROOT, 'services/calendar-api/src')),
    signal,
    addRoutes: (app, tools) =>
      monitor.addRoutes(app, {
        authorize: tools.requirePrincipal('monitor:read'),
        isStillAdmitted: (request) => tools.isStillAdmitted(request, 'monitor:read'),
      }),
    mapError: monitor.mapError,
    docs: monitor.docs,
  });
  const { port } = await api.start();
  const answer = await fetch(`http://127.0.0.1:${port}/openapi.json`);
  return printApiTypes((await answer.json()) as ApiDocument);
}

if (import.meta.main) await writeFile(GENERATED, await generateWebApi());
