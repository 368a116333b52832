/** What is being typed at a place in a selector, and which part of the text a choice replaces. */
export type Slot = { readonly start: number; readonly end: number; readonly typed: string } & (
  | { readonly kind: 'name' }
  | { readonly kind: 'label'; readonly metric: string }
  | { readonly kind: 'value'; readonly metric: string; readonly label: string }
);

const NAME = /[\w:]*$/;
const NAME_ON = /^[\w:]*/;
const LABEL = /(?:[{,])\s*([\w.]*)$/;
const VALUE = /([\w.]+)\s*(?:=|!=|=~|!~)\s*"((?:[^"\\]|\\.)*)$/;
const VALUE_ON = /^((?:[^"\\]|\\.)*)/;

/** Finds what is being typed where the cursor stands; undefined where nothing can be completed. */
export function findSlot(text: string, cursor: number): Slot | undefined {
  const before = text.slice(0, cursor);
  const after = text.slice(cursor);
  const brace = before.indexOf('{');
  if (brace === -1) {
    const typed = NAME.exec(before)?.[0] ?? '';
    if (typed.length < before.trimStart().length) return undefined;
    const end = cursor + (NAME_ON.exec(after)?.[0].length ?? 0);
    return { kind: 'name', start: cursor - typed.length, end, typed };
  }
  const metric = before.slice(0, brace).trim();
  const value = VALUE.exec(before);
  if (value) {
    const [, label = '', typed = ''] = value;
    const end = cursor + (VALUE_ON.exec(after)?.[0].length ?? 0);
    return { kind: 'value', metric, label, start: cursor - typed.length, end, typed };
  }
  if ((before.match(/(?<!\\)"/g)?.length ?? 0) % 2 === 1) return undefined;
  const label = LABEL.exec(before);
  if (!label) return undefined;
  const typed = label[1] ?? '';
  const end = cursor + (/^[\w.]*/.exec(after)?.[0].length ?? 0);
  return { kind: 'label', metric, start: cursor - typed.length, end, typed };
}

/** Puts a choice in its place, with what has to follow, and answers where the cursor is then. */
export function complete(
  text: string,
  slot: Slot,
  choice: string,
): { readonly text: string; readonly cursor: number } {
  const before = text.slice(0, slot.start);
  const after = text.slice(slot.end);
  switch (slot.kind) {
    case 'name': {
      const put = before + choice;
      return { text: put + after, cursor: put.length };
    }
    case 'label': {
      const put = `${before}${choice}="`;
      const isOpen = !/^\s*(=|!)/.test(after);
      if (!isOpen) return { text: before + choice + after, cursor: before.length + choice.length };
      const rest = after.includes('}') ? after : `${after}}`;
      return { text: `${put}"${rest}`, cursor: put.length };
    }
    case 'value': {
      const put = before + choice.replace(/["\\]/g, String.raw`\$&`);
      const closed = after.startsWith('"') ? after : `"${after}`;
      const rest = closed.includes('}') ? closed : `${closed}}`;
      return { text: put + rest, cursor: put.length + 1 };
    }
    default:
      return slot satisfies never;
  }
}

const MOST = 50;

/** The choices that fit: what begins so is first, then what has it in it. */
export function rank(choices: readonly string[], typed: string): readonly string[] {
  const wanted = typed.toLowerCase();
  const begins = choices.filter((choice) => choice.toLowerCase().startsWith(wanted));
  const contains = choices.filter((choice) => choice.toLowerCase().indexOf(wanted) > 0);
  return [...begins, ...contains].slice(0, MOST);
}
