import { count, duration, section, type DeepReadonly } from '@daywatch/service-kit/config';
import { workerKeys } from '@daywatch/service-kit/worker';
import { z } from 'zod';

const name = () =>
  z
    .string()
    .regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/)
    .max(253);

function kubernetesSection() {
  return section({
    kubeconfig: z.string().min(1).optional().meta({
      description:
        'A file that says where the cluster is, and who asks. Without it the operator is a pod, and asks with its service account.',
      example: '/home/ann/.kube/config',
    }),
    namespace: name().optional().meta({
      description: 'The only namespace to work in. By default all of the cluster.',
      example: 'daywatch',
    }),
    request_timeout: duration({ default: '15s', min: '100ms', max: '5m' }).meta({
      description: 'How long a request to the API server may take.',
    }),
  });
}

function leaderSection() {
  return section({
    namespace: name().default('daywatch-operator').meta({
      description: 'Where the lease lies that only one of several operators has.',
    }),
    name: name().default('daywatch-operator').meta({ description: 'What the lease is called.' }),
    lease: duration({ default: '15s', min: '1s', max: '10m' }).meta({
      description:
        'How long after its last sign of life a leader keeps its place. It stops by itself when two thirds of that are over.',
    }),
  });
}

function watchSection() {
  return section({
    timeout: duration({ default: '4m', min: '1s', max: '1h' }).meta({
      description: 'How long one watch lasts; the next goes on where it ended.',
    }),
    silence: duration({ default: '150s', min: '100ms', max: '1h' }).meta({
      description:
        'A watch that says nothing for so long, not even a bookmark, is taken for dead: everything is listed anew. API servers send one a minute.',
    }),
    relist: duration({ default: '30m', min: '1s', max: '1d' }).meta({
      description: 'How often everything is listed anew, whatever the watches said.',
    }),
  });
}

function workSection() {
  return section({
    workers: count({ default: 4, min: 1, max: 64 }).meta({
      description: 'How many objects of a kind are worked on at once.',
    }),
    resync: duration({ default: '10m', min: '1s', max: '1d' }).meta({
      description: 'How often each object is looked at although nothing has changed.',
    }),
    first_pause: duration({ default: '200ms', min: '1ms', max: '1m' }).meta({
      description: 'The pause after a first failure; it doubles with each further one.',
    }),
    longest_pause: duration({ default: '1m', min: '10ms', max: '1h' }).meta({
      description: 'The longest pause after a failure.',
    }),
    gap: duration({ default: '100ms', min: '0s', max: '1m' }).meta({
      description: 'The least time between two looks at one object: changes come in flurries.',
    }),
  });
}

function monitorSection() {
  return section({
    url: z.string().min(1).default('http://{name}-restapi.{namespace}.svc:8889').meta({
      description:
        'Where the restapi of an installation is asked how targets stand; {name} and {namespace} are those of its Daywatch.',
    }),
    interval: duration({ default: '30s', min: '100ms', max: '1h' }).meta({
      description: 'How often it is asked.',
    }),
  });
}

const { http, ...rest } = workerKeys({ port: 8893 });

/** Every key of operator. Only keys that do something stand here. */
export const operatorSchema = z.strictObject({
  http,
  kubernetes: kubernetesSection(),
  leader: leaderSection(),
  watch: watchSection(),
  work: workSection(),
  monitor: monitorSection(),
  ...rest,
});

export type OperatorConfig = DeepReadonly<z.output<typeof operatorSchema>>;
