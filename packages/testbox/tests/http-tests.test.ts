import { describe, expect, it } from 'vitest';
import { freePort } from '../../../tests/_support/free-port.ts';
import { tryTests } from './_support/call.ts';
import { startWebServer } from './_support/web-server.ts';

/** Tells what it was asked. */
const echo = () =>
  startWebServer((request, body, response) => {
    const { method, url, headers } = request;
    response.setHeader('X-Seen', 'yes').setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ method, url, headers, body }));
  });

describe('tests over HTTP', () => {
  it('should send what they say: method, path, headers and body', async () => {
    await using server = await echo();

    const report = await tryTests(
      `
tests:
  - {name: path, url: 'a/b?c=d', queryType: GET, expectedJson: {url: /a/b?c=d, method: GET, body: ''}}
  - {name: text, url: /, queryType: PUT, query: some words, expectedJson:
      {body: some words, method: PUT, 'headers.content-type': {$contains: text/plain}}}
  - {name: text of JSON, url: /, queryType: POST, query: '{"a":1}', expectedJson:
      {body: '{"a":1}', 'headers.content-type': application/json}}
  - {name: a value, url: /, queryType: PATCH, query: {a: [1, null]}, expectedJson:
      {body: '{"a":[1,null]}', 'headers.content-type': application/json}}
  - {name: own headers, url: /, queryType: DELETE, query: x, headers: {Content-Type: x/y, Host: shop.example}, expectedJson:
      {'headers.content-type': x/y, 'headers.host': shop.example}}
  - {name: whole address, url: 'http://u:p@\${box:network_address}:${server.port}/x', queryType: GET, expectedJson:
      {url: /x, 'headers.authorization': Basic dTpw}}
  - {name: head, url: /, queryType: HEAD, expectedHeaders: {x-seen: yes, Content-Type: {$matches: '^application/json$'}}}
`,
      server,
    );

    expect(report).toBe(
      ['path', 'text', 'text of JSON', 'a value', 'own headers', 'whole address', 'head']
        .map((name) => `${name} ok\n`)
        .join(''),
    );
  });

  it('should say what was expected and what came instead', async () => {
    await using server = await startWebServer((_, __, response) => {
      response.writeHead(400, { 'X-Reason': 'because' }).end('{"error":{"code":7,"fields":["a","b"]}}');
    });

    const report = await tryTests(
      `
tests:
  - {name: code, url: /, queryType: GET, expectedCode: 200}
  - {name: class, url: /, queryType: GET, expectedCode: 5xx}
  - {name: default, url: /, queryType: GET}
  - {name: header, url: /, queryType: GET, expectedCode: 400, expectedHeaders: {X-Reason: why, X-None: {$exists: true}, X-Never: {$exists: false}}}
  - {name: json, url: /, queryType: GET, expectedCode: 400, expectedJson:
      {error.code: 8, error.fields: [a], 'error.fields[5]': x, error.code: {$above: 7, $below: 9}, none: {$exists: false}}}
  - {name: capture, url: /, queryType: GET, expectedCode: 400, capture: {x: error.none, y: {header: X-Y}, z: {body: 'q(.)'}}}
`.replace('error.code: 8, ', ''),
      server,
    );

    expect(report).toBe(`code fail (ExpectedCode 200 got 400)
class fail (ExpectedCode 5xx got 400)
default fail (ExpectedCode 2xx got 400)
header fail (ExpectedHeaders X-Reason "why" got "because"; ExpectedHeaders X-None a value got nothing)
json fail (ExpectedJson error.fields ["a"] got ["a","b"]; ExpectedJson error.fields[5] "x" got nothing; ExpectedJson error.code above 7 got 7)
capture fail (Capture x found no json error.none; Capture y found no header X-Y; Capture z found no body q(.))
`);
  });

  it('should hand captured values to every part of later tests', async () => {
    await using server = await echo();

    const report = await tryTests(
      `
tests:
  - {name: first, url: /abc, queryType: POST, query: word-7, capture: {url: url, seen: {header: x-seen}, word: {body: 'word-(\\d)'}, all: {body: 'word-\\d'}}}
  - name: second
    url: \${url}/\${seen}
    queryType: POST
    headers: {X-Word: '\${word}'}
    query: {deep: ['\${all}']}
    responseContains: '/abc/\${seen}'
    expectedJson: {url: '\${url}/yes', 'headers.x-word': '\${word}', body: '{"deep":["word-7"]}'}
`,
      server,
    );

    expect(report).toBe('first ok\nsecond ok\n');
  });

  it('should wait for what comes about eventually, and no longer than they may', async () => {
    let asked = 0;
    await using server = await startWebServer((request, _, response) => {
      if (request.url === '/hang') return;
      response.writeHead(++asked < 4 ? 503 : 200).end();
    });

    const report = await tryTests(
      `
tests:
  - {name: late, url: /, queryType: GET, eventually: 60s}
  - {name: hangs, url: /hang, queryType: GET, timeout: 100ms}
  - {name: hangs again, url: /hang, queryType: GET, timeout: 100ms, eventually: 50ms}
`,
      server,
    );

    expect(report).toBe(
      'late ok\nhangs fail (no answer within 100 ms)\nhangs again fail (no answer within 100 ms; still so after 50 ms)\n',
    );
    expect(asked).toBe(4);
  });

  it('should say that nobody answers, and what breaks off', async () => {
    const port = await freePort();
    await using server = await startWebServer((_, __, response) => void response.destroy());

    const report = await tryTests(
      `
tests:
  - {name: nobody, url: 'http://127.0.0.1:${port}/', queryType: GET}
  - {name: breaks off, url: /, queryType: GET}
`,
      server,
    );

    expect(report).toBe(
      `nobody fail (no answer from 127.0.0.1:${port}: ECONNREFUSED)\nbreaks off fail (no answer from 127.0.0.1:${server.port}: ECONNRESET)\n`,
    );
  });

  it('should ask anew where a kept connection was closed just then, as a server may at any time', async () => {
    const seen = new WeakSet<object>();
    await using server = await startWebServer((request, _, response) => {
      if (seen.has(request.socket)) {
        request.socket.destroy();
        return;
      }
      seen.add(request.socket);
      response.end();
    });
    const tests = ['a', 'b', 'c'].map((name) => `  - {name: ${name}, url: /, queryType: POST, query: x}\n`);

    expect(await tryTests(`tests:\n${tests.join('')}`, server)).toBe('a ok\nb ok\nc ok\n');
  });

  it('should refuse an answer without end', async () => {
    await using server = await startWebServer((_, __, response) => {
      const piece = Buffer.alloc(64 * 1024);
      const more = (): void => {
        while (!response.destroyed && response.write(piece));
      };
      response.on('drain', more);
      more();
    });

    const report = await tryTests('tests: [{name: endless, url: /, queryType: GET}]', server);

    expect(report).toBe('endless fail (the answer is larger than 10 MiB, which is the most)\n');
  });

  it('should run beside each other where they may, so many and no more', async () => {
    await using server = await startWebServer((request, _, response) => {
      if (request.url === '/alone') {
        response.end();
        return;
      }
      // Answered once as many are waiting as may.
      const timer = setInterval(() => {
        if (server.most() < 5) return;
        clearInterval(timer);
        response.end();
      }, 1);
    });
    const tests = Array.from(
      { length: 20 },
      (_, i) => `  - {name: t${i}, url: /${i}, queryType: GET}\n`,
    ).join('');

    const report = await tryTests(
      `parallel: 5\ntests:\n${tests}  - {name: alone, url: /alone, queryType: GET, parallel: false}\n`,
      server,
    );

    expect(report.match(/ ok$/gm)).toHaveLength(21);
    expect(server.most()).toBe(5);
  });
});
