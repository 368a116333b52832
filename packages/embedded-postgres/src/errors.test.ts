import { describe, expect, it } from 'vitest';

import { EmbeddedPostgresError } from './errors.ts';

describe('EmbeddedPostgresError', () => {
  it.each([
    ['disk_full', 'FATAL:  could not write lock file "postmaster.pid": No space left on device'],
    [
      'disk_full',
      'FATAL:  could not extend file "base/1/2691": wrote only 4096 of 8192 bytes\nHINT:  Check free disk space.',
    ],
    ['disk_full', 'initdb: error: could not create directory "data": Disk quota exceeded'],
    ['read_only', 'FATAL:  could not open file "postmaster.pid": Read-only file system'],
    ['port_busy', 'LOG:  could not bind IPv4 address "127.0.0.1": Address already in use'],
    ['port_denied', 'LOG:  could not bind IPv4 address "127.0.0.1": Permission denied'],
    ['platform_unsupported', 'postgres: error while loading shared libraries: libm.so.6: cannot open'],
    [
      'platform_unsupported',
      "postgres: /lib/libc.so.6: version `GLIBC_2.99' not found (required by postgres)",
    ],
    ['start_failed', 'FATAL:  configuration file contains errors'],
  ])('should know %s by the words %j', (code, output) => {
    const error = EmbeddedPostgresError.fromOutput('postgres', '/data', output.split('\n'));

    expect(error.code).toBe(code);
    expect(error.message).toContain('/data');
    expect(error.message).toContain(output.split('\n')[0]);
  });

  it.each([
    ['disk_full', 'ENOSPC: no space left on device, write'],
    ['read_only', "EROFS: read-only file system, mkdir '/data'"],
    ['read_only', "EACCES: permission denied, mkdir '/data'"],
    ['start_failed', 'something else'],
  ])('should become %s from the error %j and keep its cause', (code, message) => {
    const cause = new Error(message);

    const error = EmbeddedPostgresError.from(cause, '/data');

    expect(error).toMatchObject({ code, cause, message: expect.stringContaining(message) });
    expect(EmbeddedPostgresError.from(error, '/elsewhere')).toBe(error);
  });
});
