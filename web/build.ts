/**
 * Builds the page into a folder (by default web/dist), compresses its files, and fails where the page has grown
 * over its budget. `node web/build.ts [folder]`.
 */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { build } from 'vite';

/** Every byte, as gzip, that is loaded until the month view with its events is drawn. */
export const BUDGET_BYTES = 250 * 1024;

const COMPRESSIBLE = /\.(html|js|css|svg)$/;

/** As much of Vite's manifest as is read. */
type Manifest = Readonly<
  Record<
    string,
    {
      readonly file: string;
      readonly isEntry?: boolean;
      readonly imports?: readonly string[];
      readonly css?: readonly string[];
    }
  >
>;

/**
 * @returns the bytes, as gzip, of what the first view loads.
 * @throws Error where they are more than the budget, or the sources do not build.
 */
export async function buildPage(folder: string): Promise<number> {
  const draft = `${folder}.draft-${process.pid}`;
  await mkdir(draft, { recursive: true });
  try {
    await build({ configFile: join(import.meta.dirname, 'vite.config.ts'), build: { outDir: draft } });
    const manifest = JSON.parse(await readFile(join(draft, 'manifest.json'), 'utf8')) as Manifest;
    await rm(join(draft, 'manifest.json'));
    const sizes = await compressAll(draft);
    const first = findFirstFiles(manifest);
    const total = first.reduce((sum, file) => sum + (sizes.get(file) ?? 0), 0);
    if (total > BUDGET_BYTES) {
      throw new Error(
        `the first view loads ${total} bytes as gzip, of ${first.join(', ')}; allowed are ${BUDGET_BYTES}: load less of it at first`,
      );
    }
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
    return total;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** The page itself, its entry, and all that the entry imports before it runs. */
function findFirstFiles(manifest: Manifest): readonly string[] {
  const files = new Set(['index.html', 'theme.js', 'favicon.svg']);
  const visit = (name: string): void => {
    const chunk = manifest[name];
    if (!chunk || files.has(chunk.file)) return;
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
    for (const imported of chunk.imports ?? []) visit(imported);
  };
  for (const [name, { isEntry }] of Object.entries(manifest)) if (isEntry === true) visit(name);
  return [...files];
}

/** Puts `.gz` and `.br` beside each file that is worth it; answers the sizes as gzip. */
async function compressAll(folder: string): Promise<ReadonlyMap<string, number>> {
  const sizes = new Map<string, number>();
  for (const name of await readdir(folder, { recursive: true })) {
    if (!COMPRESSIBLE.test(name)) continue;
    const content = await readFile(join(folder, name));
    const zipped = await promisify(gzip)(content, { level: 9 });
    sizes.set(name, zipped.length);
    await writeFile(join(folder, `${name}.gz`), zipped);
    await writeFile(join(folder, `${name}.br`), await promisify(brotliCompress)(content));
  }
  return sizes;
}

if (import.meta.main) {
  const folder = resolve(process.argv[2] ?? join(import.meta.dirname, 'dist'));
  const total = await buildPage(folder);
  console.log(`Built the page: the first view loads ${Math.ceil(total / 1024)} of 250 KiB as gzip`);
}
