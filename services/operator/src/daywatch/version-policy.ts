import type { DaywatchSpec } from '@daywatch/installation';

/** Which version an installation should have now. */
export type VersionDecision =
  | { readonly kind: 'go'; readonly version: string }
  /** It stays as it is, although another one is asked for; an upgrade that is under way stays where it stands. */
  | {
      readonly kind: 'stay';
      /** The version that serves, or that of the migrations where none does yet. */
      readonly version: string;
      readonly reason: StayReason;
      readonly message: string;
    };

type StayReason = 'VersionLowered' | 'VersionSkipped' | 'UpgradePaused';

export interface Standing {
  /** The version that serves; undefined where none does yet. */
  readonly serving: string | undefined;
  /** The version whose migrations are applied, as far as it is known. It is ahead of the other while an upgrade halts. */
  readonly migrated: string | undefined;
}

export function decideVersion(
  { serving, migrated }: Standing,
  { version: wanted, upgrade }: Pick<DaywatchSpec, 'version' | 'upgrade'>,
): VersionDecision {
  const current = serving ?? migrated;
  // The version that serves can always be gone back to: it does serve, whatever was migrated since.
  if (current === undefined || serving === wanted) return { kind: 'go', version: wanted };
  const stay = (reason: StayReason, message: string): VersionDecision => ({
    kind: 'stay',
    version: current,
    reason,
    message,
  });
  const isAhead = migrated !== undefined && (serving === undefined || isLower(serving, migrated));
  const lowest = isAhead ? migrated : current;
  if (isLower(wanted, lowest) && !upgrade.allowLoweringVersions) {
    const what = isAhead ? 'whose migrations are applied' : 'which serves';
    const back = isAhead && serving !== undefined ? `${serving}, which serves, ` : '';
    return stay(
      'VersionLowered',
      `spec.version: ${wanted} is lower than ${lowest}, ${what}; migrations are never undone. Allowed is ${back}${lowest} or higher, or any with spec.upgrade.allowLoweringVersions`,
    );
  }
  if (serving === undefined) return { kind: 'go', version: wanted };
  if (isSkipping(current, wanted) && !upgrade.allowSkippingVersions) {
    return stay(
      'VersionSkipped',
      `spec.version: ${wanted} is more than one minor version after ${current}, which serves; allowed is one after the other, or any with spec.upgrade.allowSkippingVersions`,
    );
  }
  if (upgrade.paused) {
    return stay(
      'UpgradePaused',
      `the upgrade from ${current} to ${wanted} waits: spec.upgrade.paused is true`,
    );
  }
  return { kind: 'go', version: wanted };
}

/** By the rules of semantic versions: 0.9.0 is lower than 0.10.0, and 1.0.0-rc.1 than 1.0.0. */
export function isLower(a: string, b: string): boolean {
  return compareVersions(a, b) < 0;
}

/** After 1.4 come 1.5 and, of the next major version, 2.0. */
function isSkipping(current: string, wanted: string): boolean {
  const [a, b] = [parse(current), parse(wanted)];
  if (compareVersions(wanted, current) < 0) return false;
  if (a.major === b.major) return b.minor > a.minor + 1;
  return b.major > a.major + 1 || b.minor > 0;
}

interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  readonly pre: readonly string[];
}

function parse(text: string): Version {
  const [core = '', ...rest] = text.split('-');
  const [major = 0, minor = 0, patch = 0] = core.split('.').map(Number);
  const pre = rest.join('-');
  return { major, minor, patch, pre: pre === '' ? [] : pre.split('.') };
}

function compareVersions(left: string, right: string): number {
  const [a, b] = [parse(left), parse(right)];
  const core = a.major - b.major || a.minor - b.minor || a.patch - b.patch;
  return core !== 0 ? core : comparePre(a.pre, b.pre);
}

/** Semantic versions, section 11: none is higher than any; numbers are lower than words. */
function comparePre(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return b.length - a.length;
  for (const [i, x] of a.entries()) {
    const y = b[i];
    if (y === undefined) return 1;
    if (x === y) continue;
    const [isNumber, isOtherNumber] = [/^\d+$/.test(x), /^\d+$/.test(y)];
    if (isNumber && isOtherNumber) return Number(x) - Number(y);
    if (isNumber !== isOtherNumber) return isNumber ? -1 : 1;
    return x < y ? -1 : 1;
  }
  return a.length - b.length;
}
