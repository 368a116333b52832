import type { HealthFinding, HealthStatus } from './checkable.ts';

/** The words for a status, those that the draft takes for the same included. */
const WORDS: Readonly<Record<string, HealthStatus>> = {
  pass: 'pass',
  ok: 'pass',
  up: 'pass',
  warn: 'warn',
  fail: 'fail',
  error: 'fail',
  down: 'fail',
};

/** How many checks a reason names. */
const MAX_NAMED = 5;
const MAX_OUTPUT = 200;

/**
 * Reads the body of a health answer (draft-inadarei-api-health-check, and the same in snake_case). Undefined where
 * it is no such body: then the HTTP status says all there is.
 */
export function readHealthBody(text: string): HealthFinding | undefined {
  const body = parseJson(text);
  if (!isRecord(body) || typeof body['status'] !== 'string') return undefined;
  const status = WORDS[body['status'].toLowerCase()];
  if (status === undefined) {
    return {
      status: 'warn',
      reason: `its health has the unknown status ${JSON.stringify(clip(body['status']))}`,
    };
  }
  if (status === 'pass') return { status };
  return {
    status,
    reason: `it says ${status}${describeChecks(body['checks'])}${describeOutput(body['output'])}`,
  };
}

/** The checks that do not pass, each with its output: `: disk (fail: no space), cache (warn)`. */
function describeChecks(checks: unknown): string {
  if (!isRecord(checks)) return '';
  const failing: string[] = [];
  for (const [name, value] of Object.entries(checks)) {
    // The draft has a list of findings for each name; the snake_case form has one.
    for (const finding of Array.isArray(value) ? value : [value]) {
      if (!isRecord(finding) || typeof finding['status'] !== 'string') continue;
      const status = WORDS[finding['status'].toLowerCase()] ?? 'warn';
      if (status !== 'pass') failing.push(`${clip(name)} (${status}${describeOutput(finding['output'])})`);
    }
  }
  if (failing.length === 0) return '';
  const more = failing.length > MAX_NAMED ? ` and ${failing.length - MAX_NAMED} more` : '';
  return `: ${failing.slice(0, MAX_NAMED).join(', ')}${more}`;
}

function describeOutput(output: unknown): string {
  return typeof output === 'string' && output !== '' ? `: ${clip(output)}` : '';
}

function clip(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > MAX_OUTPUT ? `${line.slice(0, MAX_OUTPUT)}…` : line;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
