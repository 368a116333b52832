import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import { sniffProtocol } from './sniff-protocol.ts';

const FIRST_BYTES_MS = 50;

it('should read what came in time, although the process was held up past the deadline', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => undefined);
  const [[socket]] = (await Promise.all([once(server, 'connection'), once(client, 'connect')])) as [
    [Socket],
    unknown,
  ];
  const told = new Promise((resolve) => {
    sniffProtocol(socket, FIRST_BYTES_MS, resolve);
    socket.once('close', () => resolve('cut off'));
  });

  client.write('GET / HTTP/1.1\r\n');
  const start = performance.now();
  while (performance.now() - start < 2 * FIRST_BYTES_MS);

  expect(await told).toBe('http1');
  client.destroy();
  socket.destroy();
  server.close();
});
