/** The longest object that a watch may bring: the API server keeps none over 3 MiB. */
const MAX_LINE = 8 * 2 ** 20;

/** The lines of a stream of UTF-8, without their ends. @throws RangeError for a line that has no end in sight. */
export async function* readLines(stream: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_LINE) throw new RangeError(`a watch brought a line of over ${MAX_LINE} characters`);
    for (const line of lines) if (line.trim() !== '') yield line;
  }
  // What is left has been cut off, and is no event.
}
