/** The order of texts as Go sorts them: by code unit, whatever the language of the machine. */
export function compareText(left: string, right: string): number {
  return left === right ? 0 : left < right ? -1 : 1;
}
