import { connect, type Socket } from 'node:net';

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/**
 * One keep-alive HTTP/1.1 connection that makes requests one at a time, by hand: a load generator on the
 * same two cores must cost less than what it measures.
 */
export class HttpConnection {
  readonly #socket: Socket;
  readonly #host: string;
  #buffered = '';
  #pending: ((answer: HttpAnswer) => void) | undefined;

  private constructor(socket: Socket, host: string) {
    this.#socket = socket;
    this.#host = host;
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => this.#onData(chunk));
    socket.on('close', () => this.#settle({ status: 0, body: '' }));
  }

  static async open(host: string, port: number): Promise<HttpConnection> {
    const socket = connect(port, host);
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    return new HttpConnection(socket, `${host}:${port}`);
  }

  /** Answers the status 0 where the server has closed the connection. */
  get(path: string, token: string): Promise<HttpAnswer> {
    if (this.#socket.destroyed) return Promise.resolve({ status: 0, body: '' });
    const request = `GET ${path} HTTP/1.1\r\nHost: ${this.#host}\r\nAuthorization: Bearer ${token}\r\n\r\n`;
    this.#socket.write(request, 'latin1');
    return new Promise((resolve) => {
      this.#pending = resolve;
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #onData(chunk: string): void {
    this.#buffered += chunk;
    const headEnd = this.#buffered.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const head = this.#buffered.slice(0, headEnd);
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1]);
    if (Number.isNaN(length)) throw new Error(`an answer without Content-Length: ${head}`);
    const end = headEnd + 4 + length;
    if (this.#buffered.length < end) return;
    const body = this.#buffered.slice(headEnd + 4, end);
    this.#buffered = this.#buffered.slice(end);
    this.#settle({ status: Number(head.slice(9, 12)), body });
  }

  #settle(answer: HttpAnswer): void {
    const pending = this.#pending;
    this.#pending = undefined;
    pending?.(answer);
  }
}
