import { Agent, type ClientRequestArgs } from 'node:http';
import { connect, type NetConnectOpts, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/**
 * What all sockets read into, one after the other: what came is copied before the next one reads. Otherwise each read
 * takes 64 KiB of memory outside of the heap, however few bytes come, and V8 collects garbage the more often.
 */
const READ_BUFFER = Buffer.allocUnsafeSlow(65_536);

/** An agent whose connections keep what has come, and no more. */
export class ReadingAgent extends Agent {
  override createConnection(options: ClientRequestArgs): Duplex {
    const onread = {
      buffer: READ_BUFFER,
      callback: (length: number, bytes: Uint8Array): boolean =>
        socket.push(Buffer.from(bytes.subarray(0, length))),
    };
    const socket: Socket = connect({ ...(options as NetConnectOpts), onread });
    return socket;
  }
}
