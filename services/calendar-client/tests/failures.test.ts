import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { startCalendarServer, type CalendarServer } from './_support/calendar-server.ts';
import { createPerson } from './_support/person.ts';

let server: CalendarServer;
let failing: CalendarServer;

beforeAll(async () => {
  server = await startCalendarServer();
  failing = await startCalendarServer({
    wrap: (context) => ({
      ...context,
      events: { ...context.events, list: () => Promise.reject(new Error('secret innards')) },
    }),
  });
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await failing[Symbol.asyncDispose]();
});

describe('a failure', () => {
  it('should say where no server is, how to start one, and exit with 3', async () => {
    const closed = await listen(createServer());
    await new Promise((resolve) => closed.server.close(resolve));
    const type = createPerson({ address: closed.address });
    const { exitCode, stdout, stderr } = await type('day');
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
    expect(stderr).toMatch(
      new RegExp(`cannot reach a calendar at ${closed.address}: nothing listens there\\n.*make run`),
    );
    expect(JSON.parse((await type('day', '--json')).stderr)).toMatchObject({
      code: 503,
      error: 'unavailable',
    });
  });

  it('should say that nobody answers in time, and how an event is not added twice', async () => {
    const sockets: Socket[] = [];
    const silent = await listen(createServer((socket) => void sockets.push(socket)));
    const type = createPerson({ address: silent.address });
    const { exitCode, stderr } = await type('add', 'Dentist', 'tomorrow', '9:00', '--timeout', '300ms');
    for (const socket of sockets) socket.destroy();
    silent.server.close();
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/no answer from .* in time/);
    expect(stderr).toMatch(/--id [0-9a-f-]{36}/);
  });

  it('should say how to get a token where there is none, and where one is wrong', async () => {
    const without = createPerson({ address: server.address, env: { DAYWATCH_TOKEN: undefined } });
    const missing = await without('day');
    expect(missing.exitCode).toBe(1);
    expect(missing.stderr).toMatch(/wants a token, and none was found[^]*daywatch token create/);
    const wrong = await without('day', '--token', 'nonsense');
    expect(wrong.stderr).toMatch(/does not accept the token from --token[^]*daywatch token create/);
    expect(JSON.parse((await without('day', '--json')).stderr)).toMatchObject({
      code: 401,
      error: 'unauthenticated',
    });
  });

  it('should say that a token may not do this', async () => {
    const { exitCode, stderr } = await createPerson({ address: server.address })(
      'day',
      '--token',
      'monitor-ann',
    );
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('may not do this'),
    });
  });

  it('should tell a failure of the server from one of the command', async () => {
    const { exitCode, stderr } = await createPerson({ address: failing.address })('day');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('Its log says more');
    expect(stderr).not.toContain('innards');
  });

  it('should warn of a token that others can read on the way', async () => {
    const type = createPerson({ address: '192.0.2.1:8888' });
    const { stderr } = await type('day', '--timeout', '50ms');
    expect(stderr).toContain('warning: the token travels to 192.0.2.1:8888 unencrypted');
  });
});

async function listen(server: Server): Promise<{ readonly address: string; readonly server: Server }> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}
