import type { ImageInspectInfo } from 'dockerode';
import type { ImageFacts, ImageStore } from '../../engine/image-store.ts';
import { buildImage } from './build-image.ts';
import type { DockerClient } from './docker-client.ts';
import { pullImage } from './pull-image.ts';
import type { RegistryLogins } from './registry-logins.ts';
import { statusOf } from './to-testbox-error.ts';

export function createImageStore(client: DockerClient, logins: RegistryLogins): ImageStore {
  return {
    inspect: (image) =>
      client.ask(async () => {
        try {
          return toFacts(await client.quick.getImage(image).inspect());
        } catch (error) {
          if (statusOf(error) === 404) return undefined;
          throw error;
        }
      }),
    pull: (image, onProgress, signal) =>
      client.ask(() => pullImage(client, logins, image, onProgress, signal)),
    build: (order, onStep, signal) => client.ask(() => buildImage(client, order, onStep, signal)),
  };
}

function toFacts({ Id, Config }: ImageInspectInfo): ImageFacts {
  const exposed = Object.keys(Config.ExposedPorts ?? {});
  const ports = exposed
    .filter((port) => !/\/(udp|sctp)$/.test(port))
    .map((port) => Number.parseInt(port, 10));
  const { Test = [] } =
    (Config as { readonly Healthcheck?: { readonly Test?: readonly string[] } }).Healthcheck ?? {};
  return {
    id: Id,
    exposedPorts: ports.toSorted((a, b) => a - b),
    hasHealthCheck: Test.length > 0 && Test[0] !== 'NONE',
  };
}
