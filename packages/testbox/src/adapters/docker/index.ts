export { openDockerEngine } from './open-docker-engine.ts';
export {
  findDockerHost,
  parseDockerHost,
  type DockerHost,
  type DockerSurroundings,
} from './find-docker-host.ts';
export { readRegistryLogins } from './registry-logins.ts';
