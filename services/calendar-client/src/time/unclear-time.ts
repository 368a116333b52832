export const TIME_EXAMPLES =
  'tomorrow 9:00, mon 10:30, next friday 2pm, 23 nov 17:00, 2026-11-23T09:00, in 2 hours, +90m';

/** A time that was typed and cannot be understood, or that cannot be. */
export class UnclearTime extends Error {
  override readonly name = 'UnclearTime';
  /** What was typed. */
  readonly text: string;
  /** Where in `text` understanding ended, in UTF-16 units; its length where something is missing. */
  readonly index: number;
  /** A sentence without a full stop. */
  readonly reason: string;
  /** Whether the word there means nothing at all, not even with a slip of the keyboard. */
  readonly isForeignWord: boolean;
  /** What would be understood there. */
  readonly examples: string;

  constructor(
    text: string,
    index: number,
    reason: string,
    { isForeignWord = false, examples = TIME_EXAMPLES } = {},
  ) {
    super(`${reason} (in '${text}', at character ${index + 1}); understood are: ${examples}`);
    this.text = text;
    this.index = index;
    this.reason = reason;
    this.isForeignWord = isForeignWord;
    this.examples = examples;
  }

  /** The message with an arrow below the place. */
  toLines(): readonly string[] {
    if (this.text.trim() === '') return [this.reason, `Understood are: ${this.examples}`];
    return [
      this.reason,
      `  ${this.text}`,
      `  ${' '.repeat(this.index)}^`,
      `Understood are: ${this.examples}`,
    ];
  }
}
