import { connect } from 'node:net';

/** Whether somebody accepts connections there. */
export function isPortOpen(host: string, port: number, signal: AbortSignal): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect(port, host);
  const giveUp = (): void => resolve(false);
  socket.once('connect', () => resolve(true)).once('error', giveUp);
  signal.addEventListener('abort', giveUp, { once: true });
  if (signal.aborted) giveUp();
  return promise.finally(() => {
    signal.removeEventListener('abort', giveUp);
    socket.destroy();
  });
}
