import { once } from 'node:events';
import { connect } from 'node:net';
import { readAnswer } from './call-http.ts';

/** Answers that came back on one connection until the server closed it, the interim ones left out. */
export type RawAnswers = readonly (ReturnType<typeof readAnswer> & { readonly head: string })[];

const DEADLINE_MS = 5000;

/**
 * Sends bytes as they are, and reads until the server closes the connection: requests that are no error
 * should say `connection: close`.
 */
export async function sendRaw(
  port: number,
  bytes: string | Uint8Array,
  endAfter = false,
): Promise<RawAnswers> {
  const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  // The server may hang up while bytes that it does not want are still on their way.
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  if (endAfter) socket.end();
  const hungUp = Promise.race([once(socket, 'end'), once(socket, 'close')]);
  try {
    await Promise.race([hungUp, once(AbortSignal.timeout(DEADLINE_MS), 'abort').then(fail)]);
  } catch {
    throw new Error(`the server did not hang up; it had answered '${Buffer.concat(chunks).toString()}'`);
  } finally {
    socket.destroy();
  }
  return splitAnswers(Buffer.concat(chunks).toString());
}

function fail(): never {
  throw new Error('the deadline has passed');
}

function splitAnswers(text: string): RawAnswers {
  const answers: RawAnswers[number][] = [];
  for (let rest = text; rest !== '';) {
    const end = rest.indexOf('\r\n\r\n');
    if (end < 0) throw new Error(`this is no HTTP answer: '${rest}'`);
    const head = rest.slice(0, end);
    const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]);
    const body = Buffer.from(rest.slice(end + 4))
      .subarray(0, length)
      .toString();
    if (status >= 200) answers.push({ ...readAnswer(status, body), head });
    rest = Buffer.from(rest.slice(end + 4))
      .subarray(length)
      .toString();
  }
  return answers;
}
