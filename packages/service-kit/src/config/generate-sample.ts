import { stringify } from 'yaml';
import type { z } from 'zod';
import { listFields } from './field.ts';
import type { Field } from './field.ts';

const WIDTH = 100;

/**
 * A configuration file with every key, its meaning and its default, that loads as it is. A key without a
 * default stands as a comment, unless it is required.
 */
export function generateSample(schema: z.ZodObject, title: string): string {
  const lines = [
    ...comment(title, ''),
    '# Every key can also come from the environment, which wins: http.port is DAYWATCH_HTTP_PORT.',
  ];
  let section: readonly string[] = [];
  for (const field of listFields(schema)) {
    const parents = field.path.slice(0, -1);
    const shared = commonLength(section, parents);
    lines.push('');
    for (let depth = shared; depth < parents.length; depth++)
      lines.push(`${indent(depth)}${parents[depth]}:`);
    section = parents;
    lines.push(...fieldLines(field, indent(parents.length)));
  }
  return `${lines.join('\n')}\n`;
}

function fieldLines(field: Field, margin: string): string[] {
  const name = field.path.at(-1) ?? '';
  const lines = comment(field.meta.description ?? '', margin);
  if (field.meta.secret === true) {
    lines.push(
      ...comment(`It may also stand in a file of its own: ${name}_file: /run/secrets/${name}`, margin),
    );
  }
  const value = field.defaultValue ?? field.meta.example ?? '';
  const isActive = field.defaultValue !== undefined || field.required;
  const entry = `${name}: ${JSON.stringify(value) === '""' ? '""' : toYaml(value)}`;
  lines.push(`${margin}${isActive ? '' : '# '}${entry}`);
  return lines;
}

/** On one line, so that a comment sign before it is enough. */
export function toYaml(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trimEnd();
}

function comment(text: string, margin: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter(Boolean)) {
    if (line !== '' && margin.length + line.length + word.length + 3 > WIDTH) {
      lines.push(`${margin}# ${line}`);
      line = '';
    }
    line += line === '' ? word : ` ${word}`;
  }
  return line === '' ? lines : [...lines, `${margin}# ${line}`];
}

function commonLength(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

function indent(depth: number): string {
  return '  '.repeat(depth);
}
