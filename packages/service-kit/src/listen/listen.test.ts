import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAllowedMethods } from './allowed-methods.ts';
import { groupAddress } from './connection-limits.ts';
import { ListenError } from './listen-error.ts';
import { chooseRequestId } from './request-id.ts';
import { tellProtocol } from './sniff-protocol.ts';

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');

describe('tellProtocol', () => {
  it('should wait exactly as long as the bytes are a beginning of the HTTP/2 preface', () => {
    for (let length = 0; length < PREFACE.length; length++) {
      expect(tellProtocol(PREFACE.subarray(0, length))).toBeUndefined();
    }
    expect(tellProtocol(PREFACE)).toBe('http2');
    expect(tellProtocol(Buffer.concat([PREFACE, Buffer.from('more')]))).toBe('http2');
  });

  it('should always take anything else for HTTP/1.1', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => {
        const isBeginning =
          Buffer.compare(PREFACE.subarray(0, bytes.length), bytes.subarray(0, PREFACE.length)) === 0;
        fc.pre(!isBeginning);
        expect(tellProtocol(Buffer.from(bytes))).toBe('http1');
      }),
    );
  });
});

describe('groupAddress', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['::ffff:10.0.0.7', '10.0.0.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['', ''],
  ])('should count %j as %j', (address, group) => {
    expect(groupAddress(address)).toBe(group);
  });
});

describe('createAllowedMethods', () => {
  it('should know the methods of a path by its patterns, and leave static files out', () => {
    const allowed = createAllowedMethods();
    allowed.add('/*', ['GET']);
    allowed.add('/things/:id', ['GET']);
    allowed.add('/things/:id', ['DELETE']);
    allowed.add('/things/new', ['POST']);
    allowed.add('/files/*', ['GET']);

    expect(allowed.find('/things/7')).toEqual(['DELETE', 'GET']);
    expect(allowed.find('/things/new')).toEqual(['DELETE', 'GET', 'POST']);
    expect(allowed.find('/files/a/b')).toEqual(['GET']);
    expect(allowed.find('/things/7/more')).toEqual([]);
    expect(allowed.find('/else')).toEqual([]);
  });
});

describe('ListenError', () => {
  it.each([
    [
      'EACCES',
      'access_denied',
      'port 80 on 0.0.0.0 may not be opened by this user: ports below 1024 need a privilege; choose another with http.port or DAYWATCH_HTTP_PORT',
    ],
    [
      'ENOTFOUND',
      'address_not_available',
      "the name '0.0.0.0' leads to no address; choose another with http.host, such as 127.0.0.1 or 0.0.0.0",
    ],
    ['EMFILE', 'listen_failed', 'port 80 on 0.0.0.0 cannot be opened: too many'],
  ])('should explain %s', (code, expected, message) => {
    const error = ListenError.from(Object.assign(new Error('too many'), { code }), '0.0.0.0', 80);

    expect(error).toMatchObject({ code: expected, message });
  });
});

describe('chooseRequestId', () => {
  it('should never take over what could break a line or a header', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (given) => {
        expect(chooseRequestId(given)).toMatch(/^[\w.:/+=-]{1,128}$/);
      }),
    );
  });
});
