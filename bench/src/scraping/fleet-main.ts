/**
 * Serves a recording as many targets: `/t/<i>/metrics` moves on every second, each target shifted by 37 scrapes, so
 * that no two show the same moment. `/hang/metrics` never answers. Its arguments are the recording and a port.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { brotliDecompressSync } from 'node:zlib';

const [file = '', port = ''] = process.argv.slice(2);
const text = brotliDecompressSync(readFileSync(file)).toString('utf8');
const bodies = text
  .split(/^# @scrape \d+\n/m)
  .slice(1, 401)
  .map((body) => Buffer.from(body));

createServer((request, response) => {
  const target = /^\/t\/(\d+)\/metrics$/.exec(request.url ?? '')?.[1];
  if (target === undefined) return;
  const body = bodies[(Math.floor(Date.now() / 1000) + 37 * Number(target)) % bodies.length] as Buffer;
  response.writeHead(200, {
    'content-type': 'text/plain; version=0.0.4; charset=utf-8',
    'content-length': body.length,
  });
  response.end(body);
}).listen(Number(port), '127.0.0.1');
