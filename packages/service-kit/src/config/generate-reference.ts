import type { z } from 'zod';
import { describeAllowed, describeType } from './describe-allowed.ts';
import { listFields } from './field.ts';
import type { Field } from './field.ts';
import { toYaml } from './generate-sample.ts';

/** A Markdown table of every key: type, default, environment variable, meaning. */
export function generateReference(schema: z.ZodObject): string {
  const rows = listFields(schema).map(toRow);
  return [
    '| key | type | default | environment variable | meaning |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function toRow(field: Field): string {
  const cells = [
    `\`${field.key}\``,
    describeType(field.schema, field.meta),
    field.defaultValue === undefined
      ? field.required
        ? 'required'
        : ''
      : `\`${toYaml(field.defaultValue)}\``,
    `\`${field.envName}\`${field.meta.secret === true ? ` or \`${field.envName}_FILE\`` : ''}`,
    `${field.meta.description ?? ''} Allowed: ${describeAllowed(field.schema, field.meta)}.`.trim(),
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
}
