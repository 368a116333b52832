import { byteSize, duration, section, type DeepReadonly } from '@daywatch/service-kit/config';
import { sharedStorageSection, workerKeys } from '@daywatch/service-kit/worker';
import { z } from 'zod';

const networks = (description: string, example: readonly string[]) =>
  z.array(z.string().min(1)).default([]).meta({ description, example });

/** What is watched. Each target is judged by itself, so that what is wrong names the target. */
export function targetsKey() {
  return z.array(z.unknown()).default([]).meta({
    description:
      'What is watched. A target has a name, a url and, where they differ from the defaults, more keys: packages/monitor/README.md shows them. Read again on SIGHUP and when the file changes, or a file of credentials or certificates that it names.',
    type: 'list of targets',
    allowed: 'a list of targets, such as [{name: shop, url: "https://shop.example:8000", interval: 15s}]',
  });
}

/** The keys of checking itself. */
export function checkerSection() {
  return section({
    name: z.string().min(1).max(200).optional().meta({
      description:
        'What this checker is called where several share the targets. By default the name of the host.',
      example: 'checker-1',
    }),
    allow_networks: networks('Networks that targets may lie in although a wider one is denied.', [
      '10.1.0.0/16',
    ]),
    deny_networks: networks(
      'Networks that no target may lie in, wherever its name or a redirect leads. The default denies none: a monitor watches what is not public.',
      ['169.254.0.0/16'],
    ),
  });
}

/** Where readings wait while the database is away. */
function spoolSection(options: { readonly folder: string }) {
  return section({
    folder: z.string().min(1).default(options.folder).meta({
      description:
        'A folder of this checker alone. Readings wait in it while the database is away, and are written, in order, when it returns.',
    }),
    size: spoolSize(),
  });
}

export function spoolSize() {
  return byteSize({ default: '1GiB', min: '1MiB', max: '1024GiB' }).meta({
    description:
      'The most that readings may take on the disk while they wait for the database; what comes beyond is dropped, counted and logged.',
  });
}

/** How long data is kept. */
export function retentionSection() {
  return section({
    metrics: duration({ default: '90d', min: '1d' }).meta({
      description: 'How long samples are kept. They go by the week: some stay up to ten days longer.',
    }),
    checks: duration({ default: '400d', min: '1d' }).meta({
      description: 'How long results of checks are kept. They go by the week as well.',
    }),
  });
}

const { http, ...rest } = workerKeys({ port: 8890 });

/** Every key of checker. Only keys that do something stand here. */
export const checkerSchema = z.strictObject({
  http,
  storage: sharedStorageSection({ content: 'readings' }),
  targets: targetsKey(),
  checker: checkerSection(),
  spool: spoolSection({ folder: '.daywatch/spool' }),
  retention: retentionSection(),
  ...rest,
});

export type CheckerConfig = DeepReadonly<z.output<typeof checkerSchema>>;
