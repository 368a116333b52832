/** What decides whether a message makes way for newer ones. */
export interface Lasting {
  /** Until somebody closes it; others go by themselves. */
  readonly stays?: boolean;
  /** It is the only way to undo what is yet to be done. */
  readonly isPending?: boolean;
}

/** More of those that pass by are not read. */
const SHOWN = 3;
/** So many that stay nobody has before them; what they say is to be found elsewhere too. */
const MOST = 30;

/** The messages that are left, the oldest first: those that pass by make way for the newest, those that wait do not. */
export function makeRoom<T extends Lasting>(messages: readonly T[]): readonly T[] {
  let surplus = messages.length - SHOWN;
  const newest = messages.at(-1);
  const left = messages.filter((message) => {
    if (surplus <= 0 || message === newest || message.stays || message.isPending) return true;
    surplus -= 1;
    return false;
  });
  return left.slice(-MOST);
}
