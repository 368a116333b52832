import { createServer } from 'node:net';

import { EmbeddedPostgresError, hasErrno } from './errors.ts';

/** Proves that `port` can be listened on, or finds one that can when it is 0. Another program may still be faster. */
export async function claimPort(host: string, port: number): Promise<number> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port, exclusive: true }, resolve);
    });
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error(`no address for port ${port}`);
    return address.port;
  } catch (error) {
    if (hasErrno(error, 'EACCES')) {
      throw new EmbeddedPostgresError(
        'port_denied',
        `This user may not use port ${port}. Choose one from 1024 on.`,
        {
          cause: error,
        },
      );
    }
    if (!hasErrno(error, 'EADDRINUSE')) throw error;
    throw new EmbeddedPostgresError(
      'port_busy',
      `Port ${port} on ${host} is in use by another program. Stop it, choose another port, or 0 for any free one.`,
      { cause: error },
    );
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}
