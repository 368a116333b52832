import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findDockerHost, readRegistryLogins } from '../src/adapters/docker/index.ts';

describe('where Docker is looked for', () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'testbox-'));
  });
  afterEach(() => rm(home, { recursive: true }));

  async function write(name: string, text: string): Promise<string> {
    await mkdir(dirname(join(home, name)), { recursive: true });
    await writeFile(join(home, name), text);
    return join(home, name);
  }
  async function writeContext(name: string, host: string, files: readonly string[] = []): Promise<void> {
    const id = createHash('sha256').update(name).digest('hex');
    await write(
      `.docker/contexts/meta/${id}/meta.json`,
      JSON.stringify({ Name: name, Endpoints: { docker: { Host: host } } }),
    );
    for (const file of files) await write(`.docker/contexts/tls/${id}/docker/${file}`, file);
  }

  it.each([
    ['unix:///a/b.sock', { kind: 'unix', path: '/a/b.sock' }],
    ['tcp://engine.example:2375', { kind: 'tcp', host: 'engine.example', port: 2375, tls: undefined }],
    ['engine.example', { kind: 'tcp', host: 'engine.example', port: 2375, tls: undefined }],
    ['tcp://[::1]:99', { kind: 'tcp', host: '::1', port: 99, tls: undefined }],
    ['ssh://me@engine.example', { kind: 'ssh', host: 'engine.example', port: 22, user: 'me' }],
  ])('should be DOCKER_HOST before all: %s', async (address, expected) => {
    await writeContext('other', 'unix:///other');

    expect(findDockerHost({ env: { DOCKER_HOST: address, DOCKER_CONTEXT: 'other' }, home })).toEqual(
      expected,
    );
  });

  it.each(['unix://relative', 'ftp://x', 'tcp://', 'npipe:////./pipe/docker'])(
    'should not be %s',
    (address) => {
      expect(() => findDockerHost({ env: { DOCKER_HOST: address }, home })).toThrow(
        `DOCKER_HOST: '${address}' is not allowed; allowed is unix:///path/of/the/socket, tcp://host:port or ssh://user@host`,
      );
    },
  );

  it('should come with the certificates of the folder that is named', async () => {
    const certificates = dirname(await write('certificates/ca.pem', 'the authority'));

    const host = findDockerHost({
      env: { DOCKER_HOST: 'tcp://engine.example', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: certificates },
      home,
    });

    expect(host).toEqual({
      kind: 'tcp',
      host: 'engine.example',
      port: 2376,
      tls: { ca: Buffer.from('the authority') },
    });
  });

  it('should be the context that is named, or that is in use, with its certificates', async () => {
    await writeContext('a', 'unix:///a');
    await writeContext('b', 'tcp://b.example:2376', ['ca.pem', 'cert.pem', 'key.pem']);
    await write('.docker/config.json', '{"currentContext":"b"}');

    expect(findDockerHost({ env: { DOCKER_CONTEXT: 'a' }, home })).toEqual({ kind: 'unix', path: '/a' });
    expect(findDockerHost({ env: {}, home })).toEqual({
      kind: 'tcp',
      host: 'b.example',
      port: 2376,
      tls: { ca: Buffer.from('ca.pem'), cert: Buffer.from('cert.pem'), key: Buffer.from('key.pem') },
    });
    expect(() => findDockerHost({ env: { DOCKER_CONTEXT: 'c' }, home })).toThrow(
      "the Docker context 'c' does not exist",
    );
  });

  it('should refuse what is no address', () => {
    for (const address of ['http//x', 'unix://relative', 'ftp://x', 'tcp://'])
      expect(() => findDockerHost({ env: { DOCKER_HOST: address }, home })).toThrow(
        `DOCKER_HOST: '${address}' is not allowed; allowed is unix:///path/of/the/socket, tcp://host:port or ssh://user@host`,
      );
  });

  it('should be a socket of the person where there is one', async () => {
    await write('run/podman/podman.sock', '');

    expect(findDockerHost({ env: { XDG_RUNTIME_DIR: join(home, 'run') }, home })).toEqual({
      kind: 'unix',
      path: join(home, 'run/podman/podman.sock'),
    });
  });

  it('should log in to registries as docker login has left it', async () => {
    const auth = Buffer.from('me:pass:word').toString('base64');
    await write('.docker/config.json', JSON.stringify({ auths: { 'registry.example': { auth } } }));
    const logins = readRegistryLogins({ env: {}, home });

    expect(await logins('registry.example/a/b:1')).toEqual({
      username: 'me',
      password: 'pass:word',
      serveraddress: 'registry.example',
    });
    expect(await logins('nginx')).toBeUndefined();
    expect(await readRegistryLogins({ env: {}, home: '/nowhere' })('nginx')).toBeUndefined();
  });
});
