import type { Target } from '../check/caller.ts';
import { checkAnswer } from '../check/check-answer.ts';
import type { ContainerFacts } from '../engine/container-host.ts';
import type { WaitSpec } from '../file/test-file.ts';
import { DEFAULT_WAIT_MS } from '../file/container-shape.ts';
import type { RunParts } from './run-parts.ts';
import { portOf, type RunningContainer } from './running-container.ts';

/** One thing that must come about before a container is ready. */
export interface ReadyCondition {
  /** The end of "did not …": `open port 8080`. */
  readonly name: string;
  /** @returns undefined when it has come about, or why not yet */
  readonly check: (facts: ContainerFacts, signal: AbortSignal) => Promise<string | undefined>;
}

/** What a container waits for when the file does not say: its health check, or its port. */
export function waitSpecOf(container: RunningContainer): WaitSpec {
  const { spec, facts } = container;
  const nothing = {
    port: undefined,
    http: undefined,
    log: undefined,
    healthy: false,
    started: false,
    finished: false,
  };
  if (spec.waitFor) return spec.waitFor;
  if (facts.hasHealthCheck) return { ...nothing, healthy: true, timeoutMs: DEFAULT_WAIT_MS };
  return { ...nothing, port: portOf(container), timeoutMs: DEFAULT_WAIT_MS };
}

/** @param seenLog the lines of the log so far, growing */
export function listConditions(
  wait: WaitSpec,
  container: RunningContainer,
  target: Target,
  { caller }: Pick<RunParts, 'caller'>,
  seenLog: readonly string[],
): readonly ReadyCondition[] {
  const conditions: ReadyCondition[] = [];
  const { port, http, log } = wait;
  if (wait.healthy) {
    conditions.push({
      name: 'pass its health check',
      check: async ({ health, healthOutput }) =>
        health === 'healthy' ? undefined : `it is ${health ?? 'without a health check'}: ${healthOutput}`,
    });
  }
  if (port !== undefined) {
    conditions.push({
      name: `open port ${port}`,
      check: async ({ address = '' }, signal) => {
        const at = target.reach(address, port);
        return (await caller.isOpen(at.host, at.port, signal)) ? undefined : 'nobody listens there';
      },
    });
  }
  if (http !== undefined) {
    conditions.push({
      name: `answer ${http.path} with ${http.code ?? '2xx'}`,
      check: (_, signal) => checkHttp(http, { ...target, port: port ?? portOf(container) }, caller, signal),
    });
  }
  if (log !== undefined) {
    conditions.push({
      name: `write '${log}' to its log`,
      check: async () => (seenLog.some((line) => line.includes(log)) ? undefined : 'no line of it says so'),
    });
  }
  return conditions;
}

async function checkHttp(
  { path, code }: NonNullable<WaitSpec['http']>,
  target: Target,
  caller: RunParts['caller'],
  signal: AbortSignal,
): Promise<string | undefined> {
  const step = {
    kind: 'http',
    method: 'GET',
    url: path,
    headers: new Map<string, string>(),
    body: undefined,
    isInsecure: true,
  } as const;
  const expectations = {
    code: code === undefined ? undefined : String(code),
    status: undefined,
    rows: undefined,
    contains: [],
    headers: new Map<string, never>(),
    json: [],
  };
  try {
    return checkAnswer(expectations, await caller.perform(step, target, signal))[0];
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
