import type { Secret } from '../kubernetes/index.ts';
import { BROKER } from './broker.ts';
import { DATABASE, DATABASE_LOGINS } from './database.ts';
import { nameObject, objectMeta, type Scope } from './scope.ts';
import { claimOf } from './store.ts';
import { brokerSecret, databaseSecret, firstTokenSecret } from './secret-names.ts';

/** A Secret that pods read, and what they read of it. */
export interface SecretNeed {
  readonly name: string;
  readonly keys: readonly string[];
  /** Whether people bring it; otherwise it is made once, and never changed. */
  readonly isOwn: boolean;
  /** The claim for the volume that knows the same passwords, once it is there: without it they can be made anew. */
  readonly claim?: string;
}

const DSN_KEYS = DATABASE_LOGINS.map((login) => `${login}-dsn`);

/** Which Secrets must be there before the pods can start. */
export function listSecretNeeds(scope: Scope): readonly SecretNeed[] {
  const { database, broker, firstToken } = scope.spec;
  const passwordKeys = ['superuser', ...DATABASE_LOGINS].map((login) => `${login}-password`);
  return [
    database.managed === undefined
      ? { name: databaseSecret(scope), keys: DSN_KEYS, isOwn: true }
      : {
          name: databaseSecret(scope),
          keys: [...passwordKeys, ...DSN_KEYS],
          isOwn: false,
          claim: claimOf(scope, DATABASE),
        },
    ...(broker === undefined
      ? []
      : [
          broker.managed === undefined
            ? { name: brokerSecret(scope), keys: ['url'], isOwn: true }
            : {
                name: brokerSecret(scope),
                keys: ['90-user.conf', 'url'],
                isOwn: false,
                claim: claimOf(scope, BROKER),
              },
        ]),
    { name: firstTokenSecret(scope), keys: ['token'], isOwn: firstToken.secretName !== undefined },
  ];
}

/** Random text of letters and digits, long enough that nobody guesses it. */
export type RandomText = () => string;

/** The Secrets that nobody brings. Whoever writes them must leave what is there already as it is. */
export function makeSecrets(scope: Scope, random: RandomText): readonly Secret[] {
  const made = new Set(
    listSecretNeeds(scope)
      .filter(({ isOwn }) => !isOwn)
      .map(({ name }) => name),
  );
  return [
    makeDatabaseSecret(scope, random),
    makeBrokerSecret(scope, random),
    makeSecret(scope, 'first-token', firstTokenSecret(scope), { token: random() }),
  ].filter(({ metadata }) => made.has(metadata.name));
}

function makeDatabaseSecret(scope: Scope, random: RandomText): Secret {
  const passwords = DATABASE_LOGINS.map((login) => [login, random()] as const);
  const host = nameObject(scope, DATABASE);
  return makeSecret(scope, DATABASE, databaseSecret(scope), {
    'superuser-password': random(),
    ...Object.fromEntries(passwords.map(([login, password]) => [`${login}-password`, password])),
    ...Object.fromEntries(
      passwords.map(([login, password]) => [
        `${login}-dsn`,
        `postgres://${login}:${password}@${host}:5432/daywatch`,
      ]),
    ),
  });
}

function makeBrokerSecret(scope: Scope, random: RandomText): Secret {
  const password = random();
  return makeSecret(scope, BROKER, brokerSecret(scope), {
    '90-user.conf': `default_user = daywatch\ndefault_pass = ${password}\n`,
    url: `amqp://daywatch:${password}@${nameObject(scope, BROKER)}:5672/`,
  });
}

function makeSecret(
  scope: Scope,
  component: string,
  name: string,
  stringData: Readonly<Record<string, string>>,
): Secret {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: objectMeta(scope, component, name),
    type: 'Opaque',
    stringData,
  };
}
