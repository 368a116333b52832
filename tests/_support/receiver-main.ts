/**
 * A receiver of webhooks in a process of its own, which nothing that is killed takes along. It counts the raw requests
 * for each id; `GET /` answers the counts, `GET /distinct` how many ids came, and `PUT /status/503` makes it answer so
 * from then on.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const counts = new Map<string, number>();
const requests: { readonly headers: NodeJS.Dict<string | string[]>; readonly body: string }[] = [];
/** A receiver that takes its time has requests in flight when somebody is killed. */
const delayMs = Number(process.argv[2] ?? 0);
/** A few are enough to look at. */
const KEPT = 100;
let status = 200;

const server = createServer((request, response) => {
  if (request.method === 'GET' && request.url === '/distinct') {
    response.end(String(counts.size));
    return;
  }
  if (request.method === 'GET') {
    response.end(JSON.stringify({ counts: Object.fromEntries(counts), requests }));
    return;
  }
  if (request.method === 'PUT') {
    status = Number(request.url?.split('/').at(-1));
    response.end();
    return;
  }
  const id = String(request.headers['idempotency-key']);
  counts.set(id, (counts.get(id) ?? 0) + 1);
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (text: string) => (body += text));
  request.on('end', () => {
    if (requests.length < KEPT) requests.push({ headers: request.headers, body });
    setTimeout(() => response.writeHead(status).end(), delayMs);
  });
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
