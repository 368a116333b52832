import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideVersion, isLower } from './version-policy.ts';

const STRICT = {
  paused: false,
  allowSkippingVersions: false,
  allowLoweringVersions: false,
  stepTimeoutSeconds: 600,
} as const;

function decide(
  serving: string | undefined,
  version: string,
  upgrade: object = {},
  migrated: string | undefined = serving,
): string {
  const decision = decideVersion({ serving, migrated }, { version, upgrade: { ...STRICT, ...upgrade } });
  return decision.kind === 'go' ? `go ${decision.version}` : `${decision.reason} ${decision.version}`;
}

describe('which version an installation gets', () => {
  it.each([
    [undefined, '0.9.0', 'go 0.9.0'],
    ['0.1.0', '0.1.0', 'go 0.1.0'],
    ['0.1.0', '0.1.7', 'go 0.1.7'],
    ['0.1.0', '0.2.0', 'go 0.2.0'],
    ['0.9.3', '0.10.0', 'go 0.10.0'],
    ['1.4.0', '2.0.0', 'go 2.0.0'],
    ['1.0.0-rc.1', '1.0.0', 'go 1.0.0'],
    ['0.1.0', '0.3.0', 'VersionSkipped 0.1.0'],
    ['1.4.0', '2.1.0', 'VersionSkipped 1.4.0'],
    ['1.4.0', '3.0.0', 'VersionSkipped 1.4.0'],
    ['0.2.0', '0.1.0', 'VersionLowered 0.2.0'],
    ['1.0.0', '1.0.0-rc.1', 'VersionLowered 1.0.0'],
    ['0.10.0', '0.9.0', 'VersionLowered 0.10.0'],
  ])('should, from %s with %s asked for, be %s', (current, wanted, expected) => {
    expect(decide(current, wanted)).toBe(expected);
  });

  it('should let through what is allowed in so many words', () => {
    expect(decide('0.1.0', '0.3.0', { allowSkippingVersions: true })).toBe('go 0.3.0');
    expect(decide('0.2.0', '0.1.0', { allowLoweringVersions: true })).toBe('go 0.1.0');
  });

  it.each([
    ['0.1.0', '0.1.1', 'VersionLowered 0.1.0'],
    ['0.1.0', '0.1.0', 'go 0.1.0'],
    ['0.1.0', '0.2.0', 'go 0.2.0'],
    ['0.1.0', '0.2.1', 'go 0.2.1'],
    [undefined, '0.1.0', 'VersionLowered 0.2.0'],
    [undefined, '0.2.0', 'go 0.2.0'],
    [undefined, '0.3.0', 'go 0.3.0'],
  ])(
    'should, with %s serving and the migrations of 0.2.0 applied, of %s asked for be %s',
    (serving, wanted, expected) => {
      expect(decide(serving, wanted, {}, '0.2.0')).toBe(expected);
      expect(decide(serving, wanted, { allowLoweringVersions: true }, '0.2.0')).toBe(`go ${wanted}`);
    },
  );

  it('should wait while upgrades are paused, and name what is not allowed first', () => {
    expect(decide('0.1.0', '0.2.0', { paused: true })).toBe('UpgradePaused 0.1.0');
    expect(decide('0.1.0', '0.3.0', { paused: true })).toBe('VersionSkipped 0.1.0');
    expect(decide('0.1.0', '0.1.0', { paused: true })).toBe('go 0.1.0');
  });

  it('should name the field, both versions and what is allowed', () => {
    const say = (serving: string | undefined, migrated: string): unknown => {
      const decision = decideVersion({ serving, migrated }, { version: '0.1.1', upgrade: STRICT });
      return decision.kind === 'stay' && decision.message;
    };
    expect(say('0.2.0', '0.2.0')).toBe(
      'spec.version: 0.1.1 is lower than 0.2.0, which serves; migrations are never undone. Allowed is 0.2.0 or higher, or any with spec.upgrade.allowLoweringVersions',
    );
    expect(say('0.1.0', '0.2.0')).toBe(
      'spec.version: 0.1.1 is lower than 0.2.0, whose migrations are applied; migrations are never undone. Allowed is 0.1.0, which serves, 0.2.0 or higher, or any with spec.upgrade.allowLoweringVersions',
    );
    expect(say(undefined, '0.2.0')).toContain('. Allowed is 0.2.0 or higher, or any');
  });

  it('should order versions the same way from both sides', () => {
    const part = fc.nat({ max: 12 });
    const pre = fc.constantFrom('', '-rc.1', '-rc.2', '-rc.10', '-alpha', '-1');
    const version = fc.tuple(part, part, part, pre).map(([a, b, c, d]) => `${a}.${b}.${c}${d}`);
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        expect(isLower(a, b) && isLower(b, a)).toBe(false);
        if (a !== b) expect(isLower(a, b) || isLower(b, a)).toBe(true);
        if (isLower(a, b) && isLower(b, c)) expect(isLower(a, c)).toBe(true);
      }),
    );
  });
});
