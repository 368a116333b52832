import type { HealthFinding } from '@daywatch/service-kit/health';

export interface Judgement {
  readonly observed: number;
  readonly unit: string;
  /** Whether a value is over a limit is asked as `value >= limit`; `fail` is asked first. */
  readonly warnFrom: number;
  readonly failFrom: number;
  readonly describe: (value: number, limit: number) => string;
}

/** Judges something that is worse the higher it is. */
export function judgeRise(judgement: Judgement): HealthFinding {
  const { observed, warnFrom, failFrom } = judgement;
  return toFinding(judgement, observed >= failFrom, observed >= warnFrom);
}

/** Judges something that is worse the lower it is: below the limits. */
export function judgeFall(judgement: Judgement): HealthFinding {
  const { observed, warnFrom, failFrom } = judgement;
  return toFinding(judgement, observed < failFrom, observed < warnFrom);
}

function toFinding(judgement: Judgement, isFail: boolean, isWarn: boolean): HealthFinding {
  const { observed, unit, warnFrom, failFrom, describe } = judgement;
  const shown = { observedValue: observed, observedUnit: unit };
  if (isFail) return { status: 'fail', output: describe(observed, failFrom), ...shown };
  if (isWarn) return { status: 'warn', output: describe(observed, warnFrom), ...shown };
  return { status: 'pass', ...shown };
}
