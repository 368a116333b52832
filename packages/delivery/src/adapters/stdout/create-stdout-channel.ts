import type { Writable } from 'node:stream';

import type { Channel } from '../../channel/channel.ts';
import { within } from '../../queue/within.ts';

export interface StdoutChannelOptions {
  /** Default: standard output. */
  readonly output?: Writable;
  /** How long a reader may keep a line waiting. Default 5,000. */
  readonly timeoutMs?: number;
}

/**
 * Writes each notification as one line of JSON, with the number of the attempt. It is delivered when the line has
 * been handed to the operating system; a reader that has stopped reading makes it `retry`, and the line may come
 * all the same.
 */
export function createStdoutChannel(options: StdoutChannelOptions = {}): Channel {
  const { output = process.stdout, timeoutMs = 5_000 } = options;

  /** Lines of one turn of the event loop go together: writing to a pipe is a system call that is waited for. */
  let gathered: { readonly lines: string[]; readonly written: Promise<void> } | undefined;

  function write(line: string): Promise<void> {
    gathered ??= { lines: [], written: writeGathered() };
    gathered.lines.push(line);
    return gathered.written;
  }

  async function writeGathered(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    const text = gathered?.lines.join('') ?? '';
    gathered = undefined;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    // The stream tells of a failure here; its event would else end the process.
    const ignore = (): void => undefined;
    output.once('error', ignore);
    output.write(text, (error) => {
      if (error) return reject(error);
      output.off('error', ignore);
      return resolve();
    });
    await promise;
  }

  return {
    name: 'stdout',
    async send(notification, attempt, signal) {
      try {
        await within(
          write(`${JSON.stringify({ ...notification, attempt })}\n`),
          timeoutMs,
          'standard output',
          signal,
        );
        return { kind: 'delivered' };
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return { kind: 'retry', reason: `the line could not be written: ${reason}` };
      }
    },
  };
}
