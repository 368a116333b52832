import type { KubeConfig } from '@kubernetes/client-node';
import { openConnection, type Connection } from '../../src/adapters/kubernetes/connection.ts';
import type { KubeObject } from '../../src/cluster/kube-object.ts';
import type { Ask } from '../../tests/_support/admin.ts';

const REQUEST_TIMEOUT_MS = 30_000;

/** The API server said no. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Requests as whom a kubeconfig names. */
export interface Client extends AsyncDisposable {
  readonly connection: Connection;
  readonly ask: Ask;
  /** Undefined where there is none. */
  readonly find: (path: string) => Promise<KubeObject | undefined>;
}

export function openClient(config: KubeConfig): Client {
  const connection = openConnection(config);
  const ask: Ask = async (method, path, contentType = 'application/json', body) => {
    const signal = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
    const answer = await connection.send({
      method,
      path,
      contentType,
      signal,
      ...(body === undefined ? {} : { body }),
    });
    const found = (await answer.body.json()) as KubeObject & { readonly message?: string };
    if (answer.status >= 300)
      throw new Refused(answer.status, `${method} ${path}: ${answer.status}: ${found.message}`);
    return found;
  };
  return {
    connection,
    ask,
    find: (path) =>
      ask('GET', path).catch((error: unknown) => {
        if (error instanceof Refused && error.status === 404) return undefined;
        throw error;
      }),
    [Symbol.asyncDispose]: () => connection[Symbol.asyncDispose](),
  };
}
