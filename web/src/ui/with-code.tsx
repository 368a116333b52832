import type { ReactNode } from 'react';

/** A text of the catalogue, with what stands in backticks as code. */
export function withCode(text: string): readonly ReactNode[] {
  return text.split('`').map((part, i) => (i % 2 === 1 ? <code key={part}>{part}</code> : part));
}
