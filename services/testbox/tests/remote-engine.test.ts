import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificate } from '../../../packages/outbound/tests/_support/certificates.ts';
import { canStartEngine } from '../../../tests/_support/docker-engine.ts';
import type { DockerThings } from '../../../tests/_support/docker-things.ts';
import { openWorkshop, readReport, type Workshop } from './_support/workspace.ts';

const BOX = `
containerName: box
image: busybox:latest
port: 80
command: httpd -f -p 80 -h /etc
files: [{path: /etc/index.html, content: 'the box at the store \${store:network_address}'}]
dependencies:
  - {name: store, image: 'busybox:latest', port: 90, command: httpd -f -p 90 -h /etc,
     files: [{path: /etc/index.html, content: the store}]}
tests:
  - {name: box, url: /, queryType: GET, responseContains: 'the store \${store:network_address}'}
  - {name: store, url: 'http://\${store:network_address}:90/', queryType: GET, responseContains: the store}
`;

/** Carries connections to the engine's socket. */
const carry = (host: string) => (from: Socket) => {
  const to = connect(host.replace('unix://', ''));
  from.on('error', () => to.destroy()).pipe(to);
  to.on('error', () => from.destroy()).pipe(from);
};

describe.runIf(canStartEngine('docker.io'))('testbox with an engine that is reached over TCP', () => {
  let workshop: Workshop;
  let before: DockerThings;
  let folder: string;
  const servers: Server[] = [];
  beforeAll(async () => {
    workshop = await openWorkshop();
    before = await workshop.things();
    folder = await mkdtemp(join(tmpdir(), 'testbox-tls-'));
  });
  afterAll(async () => {
    for (const server of servers) server.close();
    await workshop[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  async function listen(server: Server): Promise<number> {
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }

  it('should reach containers by published ports, since it cannot by their addresses', async () => {
    const port = await listen(createServer(carry(workshop.host)));
    const box = await workshop.folder({ 'box.yaml': BOX });
    const run = workshop.start(box, ['-f', 'box.yaml', '--keep'], { DOCKER_HOST: `tcp://127.0.0.1:${port}` });

    const { code } = await run.finished;

    expect(await readReport(box)).toBe('box ок\nstore ок\n');
    expect(code).toBe(0);
    const containers =
      await workshop.ask<
        readonly { readonly Ports: readonly { readonly IP: string; readonly PrivatePort: number }[] }[]
      >('/containers/json');
    expect(
      containers
        .flatMap(({ Ports }) => Ports.map(({ IP, PrivatePort }) => `${IP} ${PrivatePort}`))
        .toSorted(),
    ).toEqual(['127.0.0.1 80', '127.0.0.1 90']);
    await workshop.run(box, ['clean']);
    expect(await workshop.things()).toEqual(before);
  });

  it('should show its certificate, and insist on the engine’s', async () => {
    const { cert: ca } = await makeCertificate(folder, 'ca');
    const engine = await makeCertificate(folder, 'engine', { authority: 'ca', altNames: 'IP:127.0.0.1' });
    await makeCertificate(folder, 'client', { authority: 'ca' });
    await copyFile(join(folder, 'client.pem'), join(folder, 'cert.pem'));
    await copyFile(join(folder, 'client.key'), join(folder, 'key.pem'));
    const options = { ...engine, ca: [ca], requestCert: true, rejectUnauthorized: true };
    const good = await listen(createTlsServer(options, carry(workshop.host)));
    await makeCertificate(folder, 'other');
    const stranger = await makeCertificate(folder, 'stranger', {
      authority: 'other',
      altNames: 'IP:127.0.0.1',
    });
    const bad = await listen(createTlsServer({ ...options, ...stranger }, carry(workshop.host)));
    const box = await workshop.folder({ 'box.yaml': BOX });
    const env = { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: folder };

    const well = await workshop.run(box, ['-f', 'box.yaml'], {
      ...env,
      DOCKER_HOST: `tcp://127.0.0.1:${good}`,
    });
    const refused = await workshop.run(box, ['-f', 'box.yaml'], {
      ...env,
      DOCKER_HOST: `tcp://127.0.0.1:${bad}`,
    });

    expect(well.code).toBe(0);
    expect(refused.code).toBe(3);
    expect(refused.stderr).toMatch(
      /no Docker Engine answers at tcp:\/\/127\.0\.0\.1:\d+ \((UNABLE_TO_|SELF_SIGNED)/,
    );
    expect(await workshop.things()).toEqual(before);
  });
});
