import type { Surroundings } from '../surroundings.ts';
import { createStyle, type Style } from './style.ts';

/** Lines that stay, and on a terminal one below them that changes. */
export interface Screen {
  readonly style: Style;
  /** Whether there is a line that changes; where not, progress that matters must be told in lines that stay. */
  readonly isLive: boolean;
  /** A line of results, on standard output. */
  readonly print: (line: string) => void;
  /** A line of talk, on standard error. */
  readonly say: (line: string) => void;
  /** What goes on just now; an empty text takes it away. */
  readonly show: (text: string) => void;
}

/** Where a terminal does not know its width, or says that it is 0. */
const DEFAULT_COLUMNS = 80;
const CLEAR = '\r\u001b[2K';

export function createScreen({ terminal, env }: Surroundings): Screen {
  const wantsColors = !env['NO_COLOR'] && env['TERM'] !== 'dumb';
  let shown = '';
  const hide = (): void => {
    if (shown !== '') terminal.writeErr(CLEAR);
  };
  const showAgain = (): void => {
    if (shown !== '') terminal.writeErr(shown);
  };
  const isLive = terminal.isErrTty && env['TERM'] !== 'dumb';
  return {
    style: createStyle(terminal.isOutTty && terminal.isErrTty && wantsColors),
    isLive,
    print(line) {
      hide();
      terminal.writeOut(`${line}\n`);
      showAgain();
    },
    say(line) {
      hide();
      terminal.writeErr(`${line}\n`);
      showAgain();
    },
    show(text) {
      if (!isLive) return;
      hide();
      // One that wraps could not be taken away again.
      shown = toPlainLine(text).slice(0, (terminal.columns || DEFAULT_COLUMNS) - 1);
      showAgain();
    },
  };
}

// The letter that begins a terminal's commands.
const ESCAPE = String.fromCodePoint(27);
const COMMAND = new RegExp(String.raw`${ESCAPE}\[[\d;?]*[A-Za-z]`, 'g');

/** Text from outside on one line, with nothing in it that would move the cursor or recolour what follows. */
export function toPlainLine(text: string): string {
  return text.replaceAll(COMMAND, '').replaceAll(/[\p{Cc}\u2028-\u202e\u2066-\u2069]+/gu, ' ');
}
