import { createElement, type ReactNode } from 'react';

/** A text of the catalogue, with what stands in backticks as code. */
export function withCode(text: string): readonly ReactNode[] {
  // The key is where a part stands: the same code may come twice.
  return text.split('`').map((part, i) => (i % 2 === 1 ? createElement('code', { key: i }, part) : part));
}
