/** How a terminal is written to: with or without colours, with Unicode or ASCII signs. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly accent: (text: string) => string;
  readonly alarm: (text: string) => string;
  readonly signs: Signs;
}

export interface Signs {
  readonly dash: string;
  readonly ellipsis: string;
  readonly dot: string;
  /** Marks what repeats. */
  readonly repeat: string;
}

const UNICODE_SIGNS: Signs = { dash: '–', ellipsis: '…', dot: '·', repeat: '↻' };
const ASCII_SIGNS: Signs = { dash: '-', ellipsis: '...', dot: '-', repeat: 'repeats' };

export function createStyle({
  color,
  unicode,
}: {
  readonly color: boolean;
  readonly unicode: boolean;
}): Style {
  const paint = (on: number, off: number) => (text: string) =>
    color && text !== '' ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  return {
    bold: paint(1, 22),
    dim: paint(2, 22),
    accent: paint(36, 39),
    alarm: paint(31, 39),
    signs: unicode ? UNICODE_SIGNS : ASCII_SIGNS,
  };
}
