import { InvalidLabelsError } from '../errors.ts';
import type { Labels } from './labels.ts';

/** In UTF-8. What an index entry of PostgreSQL can hold bounds both together. */
export const MAX_LABEL_NAME_BYTES = 512;
export const MAX_LABEL_VALUE_BYTES = 2000;

/** Labels of one series or source. */
export const MAX_LABELS = 200;

/**
 * Whether labels can be stored.
 * @throws InvalidLabelsError that names the label and the limit.
 */
export function checkLabels(labels: Labels): void {
  if (labels.length > MAX_LABELS) {
    throw new InvalidLabelsError(`a series has ${labels.length} labels: at most ${MAX_LABELS} are allowed`);
  }
  for (const [name, value] of labels) {
    checkText('name', name, name, MAX_LABEL_NAME_BYTES);
    checkText('value', name, value, MAX_LABEL_VALUE_BYTES);
  }
}

function checkText(what: 'name' | 'value', name: string, text: string, most: number): void {
  // A character is three bytes at most for each of its UTF-16 units: short texts need not be measured.
  const bytes = text.length * 3 <= most ? 0 : new TextEncoder().encode(text).length;
  const label = name.length > 60 ? `${name.slice(0, 60)}…` : name;
  if (bytes > most) {
    throw new InvalidLabelsError(
      `the ${what} of the label '${label}' has ${bytes} bytes: at most ${most} are allowed`,
    );
  }
  if (text.includes('\0') || !text.isWellFormed()) {
    throw new InvalidLabelsError(
      `the ${what} of the label '${label}' has a character that cannot be stored (U+0000 or half of a surrogate pair)`,
    );
  }
}
