import type { HealthFinding } from './checkable.ts';

/** What an answer must be like for the check to pass. What is left out is not asked. */
export interface HttpExpectation {
  /** The statuses that pass, both ends of each range inclusive; by default 200 to 299. */
  readonly statuses?: readonly (readonly [from: number, to: number])[];
  /** Text that the body must contain. */
  readonly bodyText?: string;
  /** From how many milliseconds on an answer is `warn`, and `fail`. */
  readonly latencyWarnMs?: number;
  readonly latencyFailMs?: number;
  /** How much longer, at least, the certificate must be valid, in milliseconds, else `warn`, and `fail`. */
  readonly certificateWarnMs?: number;
  readonly certificateFailMs?: number;
}

/** What is judged of an answer. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
  readonly durationMs: number;
  /** Absent over http. */
  readonly certificateValidToMs?: number;
}

const SUCCESS = [[200, 299]] as const;
const DAY_MS = 86_400_000;

/** Judges an answer: the worst finding counts, and of equal ones the first. */
export function judgeAnswer(answer: HttpAnswer, expectation: HttpExpectation, nowMs: number): HealthFinding {
  const findings = [
    judgeStatus(answer, expectation),
    judgeBody(answer, expectation),
    judgeLatency(answer, expectation),
    judgeCertificate(answer, expectation, nowMs),
  ];
  return (
    findings.find(({ status }) => status === 'fail') ??
    findings.find(({ status }) => status === 'warn') ?? { status: 'pass' }
  );
}

function judgeStatus({ status }: HttpAnswer, { statuses = SUCCESS }: HttpExpectation): HealthFinding {
  if (statuses.some(([from, to]) => status >= from && status <= to)) return { status: 'pass' };
  const allowed = statuses.map(([from, to]) => (from === to ? String(from) : `${from} to ${to}`)).join(', ');
  return { status: 'fail', reason: `the status is ${status}; expected is ${allowed}` };
}

function judgeBody({ body }: HttpAnswer, { bodyText }: HttpExpectation): HealthFinding {
  if (bodyText === undefined || body.includes(bodyText)) return { status: 'pass' };
  return { status: 'fail', reason: `the body does not contain ${JSON.stringify(bodyText.slice(0, 100))}` };
}

function judgeLatency(
  { durationMs }: HttpAnswer,
  { latencyWarnMs, latencyFailMs }: HttpExpectation,
): HealthFinding {
  const tookTooLong = (status: 'warn' | 'fail', limitMs: number): HealthFinding => ({
    status,
    reason: `the answer took ${Math.round(durationMs)} ms; expected is less than ${limitMs} ms`,
    lateByMs: durationMs - limitMs,
  });
  if (latencyFailMs !== undefined && durationMs >= latencyFailMs) return tookTooLong('fail', latencyFailMs);
  if (latencyWarnMs !== undefined && durationMs >= latencyWarnMs) return tookTooLong('warn', latencyWarnMs);
  return { status: 'pass' };
}

function judgeCertificate(
  { certificateValidToMs }: HttpAnswer,
  { certificateWarnMs, certificateFailMs }: HttpExpectation,
  nowMs: number,
): HealthFinding {
  if (certificateValidToMs === undefined) return { status: 'pass' };
  const leftMs = certificateValidToMs - nowMs;
  const reason = `the certificate expires on ${new Date(certificateValidToMs).toISOString()}, in ${Math.floor(leftMs / DAY_MS)} days`;
  if (certificateFailMs !== undefined && leftMs < certificateFailMs) return { status: 'fail', reason };
  if (certificateWarnMs !== undefined && leftMs < certificateWarnMs) return { status: 'warn', reason };
  return { status: 'pass' };
}
