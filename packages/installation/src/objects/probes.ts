import type { Container, Probe } from '../kubernetes/index.ts';

type Probes = Required<Pick<Container, 'startupProbe' | 'livenessProbe' | 'readinessProbe'>>;

/** The node calls a pod by its address, which is none of the names that a process answers to. */
const HOST = [{ name: 'Host', value: 'localhost' }];

/**
 * How the node asks a part. `/health/live` never asks anybody else, so that no outage of a database makes the node
 * kill what would recover by itself; `/health/ready` does, and takes the pod out of its Service.
 */
export const PART_PROBES: Probes = {
  startupProbe: get('/health/live', { periodSeconds: 1, timeoutSeconds: 2, failureThreshold: 60 }),
  livenessProbe: get('/health/live', { periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 }),
  readinessProbe: get('/health/ready', { periodSeconds: 5, timeoutSeconds: 4, failureThreshold: 2 }),
};

interface Timing {
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly failureThreshold: number;
}

function get(path: string, timing: Timing): Probe {
  return { httpGet: { path, port: 'http', httpHeaders: HOST }, ...timing };
}

/** Over TCP: while a database is being made, its server listens on its socket alone. */
const PG_IS_READY = {
  exec: {
    command: ['pg_isready', '--quiet', '--host=127.0.0.1', '--username=postgres', '--dbname=daywatch'],
  },
};

/** Alive is who takes connections: a database that recovers after a crash answers no query, and must be let alone. */
export const DATABASE_PROBES: Probes = {
  startupProbe: { ...PG_IS_READY, periodSeconds: 2, timeoutSeconds: 5, failureThreshold: 300 },
  livenessProbe: {
    tcpSocket: { port: 'postgres' },
    periodSeconds: 20,
    timeoutSeconds: 5,
    failureThreshold: 6,
  },
  readinessProbe: { ...PG_IS_READY, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 3 },
};

/** The broker's own tool starts a machine of its own for every question, so that it is asked rarely. */
export const BROKER_PROBES: Probes = {
  startupProbe: { tcpSocket: { port: 'amqp' }, periodSeconds: 2, timeoutSeconds: 2, failureThreshold: 150 },
  livenessProbe: {
    exec: { command: ['rabbitmq-diagnostics', '--quiet', 'ping'] },
    periodSeconds: 60,
    timeoutSeconds: 30,
    failureThreshold: 3,
  },
  readinessProbe: { tcpSocket: { port: 'amqp' }, periodSeconds: 5, timeoutSeconds: 2, failureThreshold: 3 },
};
