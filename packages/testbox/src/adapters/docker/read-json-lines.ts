import { createInterface } from 'node:readline';
import { addAbortSignal, type Readable } from 'node:stream';

/** What the engine tells while it pulls or builds, one document after the other. @throws the signal's reason */
export async function* readJsonLines<T>(
  stream: NodeJS.ReadableStream,
  signal: AbortSignal,
): AsyncIterable<T> {
  const abortable = addAbortSignal(signal, stream as Readable);
  const failed = Promise.withResolvers<never>();
  // Readline ends quietly when its input breaks off.
  abortable.once('error', failed.reject);
  failed.promise.catch(() => undefined);
  const lines = createInterface({ input: abortable, crlfDelay: Infinity })[Symbol.asyncIterator]();
  for (;;) {
    const { value, done } = await Promise.race([lines.next(), failed.promise]);
    if (done === true) break;
    if (value.trim() !== '') yield JSON.parse(value) as T;
  }
  signal.throwIfAborted();
}
