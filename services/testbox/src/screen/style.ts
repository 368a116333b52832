/** How a terminal is written to. */
export interface Style {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly bold: (text: string) => string;
}

export function createStyle(hasColors: boolean): Style {
  const paint = (on: number, off: number) => (text: string) =>
    hasColors && text !== '' ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  return { good: paint(32, 39), bad: paint(31, 39), dim: paint(2, 22), bold: paint(1, 22) };
}
