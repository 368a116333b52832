import { nameObject, type Scope } from './scope.ts';

/** The Secrets that the pods of an installation read: of people's own, or made for it. */
export function databaseSecret(scope: Scope): string {
  return scope.spec.database.secretName ?? nameObject(scope, 'database');
}

export function brokerSecret(scope: Scope): string {
  return scope.spec.broker?.secretName ?? nameObject(scope, 'broker');
}

export function firstTokenSecret(scope: Scope): string {
  return scope.spec.firstToken.secretName ?? nameObject(scope, 'first-token');
}
