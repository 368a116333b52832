import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../../../..');

/** A block of code of a document. */
export interface Block {
  readonly language: string;
  readonly text: string;
}

/** The blocks of a document at the root of the repository, by the heading that they stand under. */
export async function readBlocks(document: string): Promise<ReadonlyMap<string, readonly Block[]>> {
  const text = await readFile(join(ROOT, document), 'utf8');
  const sections = text.split(/^## /m).map((section) => {
    const title = section.slice(0, section.indexOf('\n'));
    const blocks = Array.from(section.matchAll(/^```(?<language>\w+)\n(?<text>.*?)^```$/gms));
    return [title, blocks.map(({ groups }) => groups as unknown as Block)] as const;
  });
  return new Map(sections);
}
