import { stringify } from 'yaml';

/** One document, in the key order that it was made in; nothing is folded, and nothing refers to something else. */
export function printYaml(value: unknown): string {
  return stringify(value, OPTIONS);
}

/** Where every text is quoted: something may be put in its place that would read as a number. */
export function printQuotedYaml(value: unknown): string {
  return stringify(value, { ...OPTIONS, defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN' });
}

export function printDocuments(values: readonly unknown[], comment: string): string {
  return `# ${comment}\n${values.map(printYaml).join('---\n')}`;
}

const OPTIONS = { lineWidth: 0, aliasDuplicateObjects: false, singleQuote: true } as const;
