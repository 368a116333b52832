import { parseIpNetwork } from '@daywatch/ip-network';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { OutboundError } from '../errors.ts';
import { createFence } from '../fence/fence.ts';
import { describeUrl } from './describe-url.ts';
import { parseTarget } from './parse-target.ts';

const fence = createFence();
const codeOf = (text: string): string => {
  try {
    parseTarget(text, fence);
    return 'allowed';
  } catch (error) {
    return error instanceof OutboundError ? error.code : String(error);
  }
};

describe('parseTarget', () => {
  it.each([
    ['https://example.org/path?query=1', 'https://example.org/path?query=1'],
    ['HTTP://EXAMPLE.org', 'http://example.org/'],
    ['http://bücher.example/', 'http://xn--bcher-kva.example/'],
    ['http://1.1.1.1:8080/', 'http://1.1.1.1:8080/'],
    ['http://[2606:4700::1111]/', 'http://[2606:4700::1111]/'],
    // A name that ends in a dot is a name, and is checked when it is resolved.
    ['http://localhost./', 'http://localhost./'],
  ])('should allow %s', (text, href) => {
    expect(parseTarget(text, fence).href).toBe(href);
  });

  it.each([
    'http://127.0.0.1/',
    'http://127.0.0.1./',
    'http://0x7f.1/',
    'http://0x7f000001/',
    'http://2130706433/',
    'http://017700000001/',
    'http://127.1/',
    'http://127.0.0.1:80/',
    'http://１２７.０.０.１/',
    'http://127。0。0。1/',
    'http://%31%32%37.0.0.1/',
    'http://0/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://2852039166/',
    'http://[fd00:ec2::254]/',
  ])('should see the fenced address in %s', (text) => {
    expect(codeOf(text)).toBe('fenced_address');
  });

  it.each([
    '',
    'example.org',
    '/path',
    'ftp://example.org/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'gopher://127.0.0.1/',
    'data:text/plain,x',
    'http://',
    'http://user@example.org/',
    'http://user:secret@example.org/',
    'http://example.org:99999/',
    'http://[::1%25eth0]/',
    'http://[::1/',
    'http://256.256.256.256/',
    'http://1.2.3.4.5/',
    `http://example.org/${'a'.repeat(8192)}`,
  ])('should refuse %j', (text) => {
    expect(codeOf(text)).toBe('invalid_url');
  });

  it('should say in a sentence what is in the way', () => {
    expect(() => parseTarget('http://2852039166/x', fence)).toThrow(
      'the address 169.254.169.254 is in the fenced network 169.254.0.0/16',
    );
    expect(() => parseTarget('ftp://example.org/a?b', fence)).toThrow(
      "'ftp://example.org/a' has the scheme 'ftp'; allowed are http and https",
    );
  });

  it('should let an allowed network be named', () => {
    const open = createFence({ allow: [parseIpNetwork('127.0.0.0/8')] });

    expect(parseTarget('http://127.1:9090/metrics', open).href).toBe('http://127.0.0.1:9090/metrics');
  });

  it('should never throw anything but an OutboundError that keeps secrets to itself', () => {
    const hostile = fc.tuple(
      fc.constantFrom('http:', 'https:', 'ftp:', ''),
      fc.constantFrom('//', '/', ''),
      fc.string(),
    );
    fc.assert(
      fc.property(hostile, ([scheme, slashes, rest]) => {
        const text = `${scheme}${slashes}me:s3cr3t@${rest}?token=s3cr3t`;
        try {
          parseTarget(text, fence);
        } catch (error) {
          expect(error).toBeInstanceOf(OutboundError);
          expect(String(error)).not.toContain('s3cr3t');
        }
      }),
    );
  });
});

describe('describeUrl', () => {
  it('should leave out what may be secret', () => {
    expect(describeUrl('https://me:pw@example.org:8443/a/b?token=x#y')).toBe('https://example.org:8443/a/b');
  });
});
