import Dockerode from 'dockerode';
import type { DockerHost } from './find-docker-host.ts';
import { toTestboxError } from './to-testbox-error.ts';

/** Most questions are answered in milliseconds; one that is not answered in this time never will be. */
const QUESTION_MS = 60_000;

/** Two clients of one engine: streams such as a build may be silent for long, questions may not. */
export interface DockerClient {
  /** For questions and orders. */
  readonly quick: Dockerode;
  /** For builds, pulls and logs. */
  readonly slow: Dockerode;
  /** Does something with the engine, and turns what it throws into the package's errors. */
  readonly ask: <T>(what: () => Promise<T>) => Promise<T>;
}

export function openDockerClient(host: DockerHost): DockerClient {
  // The library reads the environment as well: what is undefined here overrides that.
  const base = { ...NOTHING, ...toOptions(host) };
  try {
    return {
      quick: new Dockerode({ ...base, timeout: QUESTION_MS }),
      slow: new Dockerode(base),
      ask: async (what) => {
        try {
          return await what();
        } catch (error) {
          throw toTestboxError(error, host);
        }
      },
    };
  } catch (error) {
    throw toTestboxError(error, host);
  }
}

const NOTHING = {
  socketPath: undefined,
  host: undefined,
  port: undefined,
  ca: undefined,
  cert: undefined,
  key: undefined,
  pathPrefix: '/',
  timeout: undefined,
} as unknown as Dockerode.DockerOptions;

function toOptions(host: DockerHost): Dockerode.DockerOptions {
  switch (host.kind) {
    case 'unix':
      return { socketPath: host.path, protocol: 'http' };
    case 'tcp':
      return { host: host.host, port: host.port, protocol: host.tls ? 'https' : 'http', ...host.tls };
    case 'ssh':
      return { host: host.host, port: host.port, protocol: 'ssh', ...(host.user && { username: host.user }) };
    default:
      return host satisfies never;
  }
}
