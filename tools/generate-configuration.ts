/** Writes the sample files in config/ and the reference in docs/configuration.md from the schemas. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { generateReference, generateSample } from '@daywatch/service-kit/config';
import { calendarApiSchema } from '@daywatch/calendar-api';
import { calendarSchedulerSchema } from '@daywatch/calendar-scheduler';
import { calendarSenderSchema } from '@daywatch/calendar-sender';
import { checkerSchema } from '@daywatch/checker';
import { gometrSchema } from '@daywatch/gometr';
import { operatorSchema } from '@daywatch/operator';
import { restapiSchema } from '@daywatch/restapi';
import { daywatchSchema } from '../services/daywatch/src/run/config.ts';

const ROOT = resolve(import.meta.dirname, '..');

const EXECUTABLES = [
  {
    name: 'calendar_api',
    schema: calendarApiSchema,
    title: 'The configuration of calendar_api, the API of the calendar.',
  },
  {
    name: 'calendar_scheduler',
    schema: calendarSchedulerSchema,
    title: 'The configuration of calendar_scheduler, which publishes reminders when they are due.',
  },
  {
    name: 'calendar_sender',
    schema: calendarSenderSchema,
    title: 'The configuration of calendar_sender, which brings reminders to people.',
  },
  {
    name: 'checker',
    schema: checkerSchema,
    title: 'The configuration of checker, which checks targets and writes what comes of it.',
  },
  {
    name: 'daywatch',
    schema: daywatchSchema,
    title: 'The configuration of daywatch, which runs everything in one process.',
  },
  {
    name: 'gometr',
    schema: gometrSchema,
    title: 'The configuration of gometr, a small service to watch.',
  },
  {
    name: 'operator',
    schema: operatorSchema,
    title: 'The configuration of operator, which keeps installations on Kubernetes as their resources say.',
  },
  {
    name: 'restapi',
    schema: restapiSchema,
    title: 'The configuration of restapi, the API of the monitor.',
  },
] as const;

const INTRODUCTION = `# Configuration

<!-- Generated from the schemas by \`make generate\`. Change the schemas, not this file. -->

Every executable takes \`--config=FILE\`, a YAML file. Every key can also come from the environment, which wins:
\`http.port\` is \`DAYWATCH_HTTP_PORT\`; a list is separated by commas, or JSON. A secret can also come from a file:
\`dsn_file\` in YAML, \`DAYWATCH_STORAGE_DSN_FILE\` in the environment. Without \`--config\` an executable runs on
defaults and the environment.

An unknown key, a wrong type or a missing file is one line on standard error that names the key, the value and
what is allowed, and exit code 2. An unknown \`DAYWATCH_\` variable is a warning in the log.

Durations are written like \`500ms\`, \`10s\`, \`2m\`, \`1h30m\`; sizes like \`512B\`, \`64KiB\`, \`1MiB\`. The files in
\`config/\` hold every key with its default.
`;

/** What is generated: path to content. */
export function generateConfiguration(): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const { name, schema, title } of EXECUTABLES) {
    files.set(`config/${name}.yaml`, generateSample(schema, title));
  }
  const sections = EXECUTABLES.map(({ name, schema }) => `## ${name}\n\n${generateReference(schema)}`);
  files.set('docs/configuration.md', [INTRODUCTION, ...sections].join('\n'));
  return files;
}

if (import.meta.main) {
  for (const [path, content] of generateConfiguration()) {
    await mkdir(join(ROOT, path, '..'), { recursive: true });
    await writeFile(join(ROOT, path), content);
  }
}
