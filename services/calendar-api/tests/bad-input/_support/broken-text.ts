/** Stands in a text for two bytes that are no UTF-8, which texts in JavaScript cannot hold. JSON leaves it as it is. */
export const BROKEN = '\u007f\u007f';

const MARK = Buffer.from(BROKEN);
const NO_UTF8 = Buffer.from([0xc3, 0x28]);

/** Puts the broken bytes where the mark is. They are as many, so lengths around them stay right. */
export function putBrokenText(bytes: Uint8Array): Uint8Array {
  const copy = Buffer.from(bytes);
  for (let at = copy.indexOf(MARK); at >= 0; at = copy.indexOf(MARK, at + 2)) NO_UTF8.copy(copy, at);
  return copy;
}
