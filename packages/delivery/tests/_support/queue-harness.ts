import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

import type { TcpProxy } from '../../../../tests/_support/tcp-proxy.ts';
import type { MessageQueue, QueueOptions } from '../../src/index.ts';

/** A broker as the contract needs it. */
export interface QueueHarness extends AsyncDisposable {
  /** Opens the queue through the cable. It is closed with the harness, if not before. */
  open(options?: Partial<QueueOptions>): MessageQueue;
  /** What the log was told. */
  readonly lines: readonly string[];
  readonly cable: TcpProxy;
  /** Publishes as somebody who does not know our limits. An empty id is none. */
  publishForeign(id: string, body: Buffer): Promise<void>;
  /** A process that takes messages and never ends with them. */
  startConsumerProcess(): Promise<ConsumerProcess>;
}

export interface ConsumerProcess extends AsyncDisposable {
  /** Of the messages that it has in hand. */
  ids(): readonly string[];
  /** `kill -9` */
  kill(): void;
}

/** @param place which queue, and how to reach it; see consumer-main.ts */
export async function startConsumer(place: object): Promise<ConsumerProcess> {
  const child: ChildProcess = fork(join(import.meta.dirname, 'consumer-main.ts'), [JSON.stringify(place)]);
  const ids: string[] = [];
  child.on('message', (id: string) => ids.push(id));
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    ids: () => ids,
    kill: () => void child.kill('SIGKILL'),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
