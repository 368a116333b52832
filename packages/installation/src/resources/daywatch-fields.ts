import {
  anyObject,
  flag,
  integer,
  integerOrText,
  list,
  map,
  object,
  optional,
  text,
} from '../schema/build-schema.ts';
import type { Infer } from '../schema/schema.ts';

/** What names of objects look like: a DNS label. */
export const NAME = '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$';
const DNS_NAME = String.raw`^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$`;
const QUANTITY = String.raw`^[0-9]+(\.[0-9]+)?([eE][0-9]+|[EPTGMk]i?|Ki|m)?$`;
const CIDR = '^[0-9a-fA-F:.]+/[0-9]{1,3}$';

export const secretName = (description: string) => text({ description, pattern: DNS_NAME, maxLength: 253 });
const quantity = integerOrText({ description: 'A quantity of Kubernetes: 500m, 512Mi.', pattern: QUANTITY });

const resourcesSchema = object(
  {
    requests: map(quantity, {
      description: 'What is set aside for it: cpu, memory, ephemeral-storage.',
      default: {},
    }),
    limits: map(quantity, { description: 'What it may use at most.', default: {} }),
  },
  { description: 'What each replica gets of a node. What is not named here keeps its default.', default: {} },
);
export type Resources = Infer<typeof resourcesSchema>;

export const partSchema = (what: string) =>
  object(
    {
      enabled: flag({ description: 'Whether this installation has it.', default: true }),
      replicas: optional(
        integer({ description: 'How many; by default as many as spec.replicas.', minimum: 0, maximum: 100 }),
      ),
      resources: resourcesSchema,
      configuration: optional(
        anyObject({
          description:
            'Keys of its configuration file, as docs/configuration.md lists them. What follows from this resource (addresses, secrets, ports) cannot be set here.',
        }),
      ),
    },
    { description: what, default: {} },
  );
export type PartSpec = Infer<ReturnType<typeof partSchema>>;

const networks = list(text({ description: 'A network: 10.20.0.0/16.', pattern: CIDR, maxLength: 49 }), {
  description: 'The networks that it lies in, which alone may be reached on its port; by default any.',
  maxItems: 32,
  default: [],
});
const STORES_RULES = [
  {
    rule: 'has(self.secretName) != has(self.managed)',
    message: 'give either secretName, for one of your own, or managed, to have one made',
  },
];

const managed = (fields: { readonly image: string; readonly storage: string; readonly what: string }) =>
  object(
    {
      image: text({ description: 'The image, with its tag.', default: fields.image, maxLength: 512 }),
      storage: text({ description: 'How large its volume is.', default: fields.storage, pattern: QUANTITY }),
      storageClassName: optional(
        text({ description: 'The class of its volume; by default that of the cluster.', maxLength: 253 }),
      ),
      resources: resourcesSchema,
    },
    {
      description: `Have ${fields.what} made: one replica with a volume of its own, and a Secret with random passwords.`,
      rules: [
        {
          rule: 'self.storage == oldSelf.storage',
          message: 'the size of a volume is changed on its PersistentVolumeClaim, not here',
        },
        {
          rule: 'has(self.storageClassName) == has(oldSelf.storageClassName) && (!has(self.storageClassName) || self.storageClassName == oldSelf.storageClassName)',
          message: 'the class of a volume cannot change once it is there',
        },
      ],
    },
  );

export const databaseSchema = object(
  {
    secretName: optional(
      secretName(
        'A Secret with addresses of PostgreSQL 15 to 18, one for each login: owner-dsn (migrates), calendar-dsn, checker-dsn, restapi-dsn.',
      ),
    ),
    managed: optional(managed({ image: 'postgres:17-bookworm', storage: '10Gi', what: 'a PostgreSQL' })),
    port: integer({
      description: 'The port of a database of your own.',
      minimum: 1,
      maximum: 65_535,
      default: 5432,
    }),
    networks,
  },
  { description: 'The database.', default: { managed: {} }, rules: STORES_RULES },
);
export type DatabaseSpec = Infer<typeof databaseSchema>;

export const brokerSchema = object(
  {
    secretName: optional(secretName('A Secret whose key url is the address of RabbitMQ 3.10 or newer.')),
    managed: optional(managed({ image: 'rabbitmq:4.1', storage: '2Gi', what: 'a RabbitMQ' })),
    port: integer({
      description: 'The port of a broker of your own.',
      minimum: 1,
      maximum: 65_535,
      default: 5672,
    }),
    networks,
  },
  {
    description:
      'The broker that carries reminders from the scheduler to the sender; without one, a table of the database does.',
    rules: STORES_RULES,
  },
);
export type BrokerSpec = Infer<typeof brokerSchema>;

export const ingressSchema = object(
  {
    host: text({ description: 'The name that people use.', pattern: DNS_NAME, maxLength: 253 }),
    className: optional(
      text({ description: 'Which controller serves it; by default that of the cluster.', maxLength: 253 }),
    ),
    tlsSecretName: optional(
      secretName('A Secret with the certificate and its key. Without it there is no TLS.'),
    ),
    annotations: map(text({ description: 'A value.', maxLength: 4096 }), {
      description: 'Annotations for the controller.',
      default: {},
    }),
  },
  {
    description: 'How people reach the page and the API from outside of the cluster. Without it they do not.',
  },
);
export type IngressSpec = Infer<typeof ingressSchema>;

export const upgradeSchema = object(
  {
    paused: flag({ description: 'Whether a change of the version waits.', default: false }),
    allowSkippingVersions: flag({
      description: 'Whether the new version may be more than one minor version ahead.',
      default: false,
    }),
    allowLoweringVersions: flag({
      description: 'Whether the new version may be an older one. Migrations are never undone.',
      default: false,
    }),
    stepTimeoutSeconds: integer({
      description: 'How long one step may take, migrations included, before it has failed.',
      minimum: 10,
      maximum: 86_400,
      default: 600,
    }),
  },
  { description: 'How one version follows another.', default: {} },
);
