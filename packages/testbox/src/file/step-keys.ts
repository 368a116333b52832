import type { StepKind } from './test-file.ts';

/** The key that says what kind of step a test is. */
export const STEP_KEYS = {
  http: 'url',
  grpc: 'grpc',
  sql: 'sql',
  publish: 'publish',
  consume: 'consume',
} as const satisfies Readonly<Record<StepKind, string>>;

export const STEP_KINDS = Object.keys(STEP_KEYS) as readonly StepKind[];

const ANSWERED = ['http', 'grpc', 'sql', 'consume'] as const;

/** Keys that only some steps know what to do with. */
export const STEPS_OF_KEY: Readonly<Record<string, readonly StepKind[]>> = {
  queryType: ['http'],
  query: ['http'],
  headers: ['http'],
  insecure: ['http'],
  expectedCode: ['http'],
  expectedStatus: ['grpc'],
  expectedRows: ['sql'],
  expectedHeaders: ['http', 'consume'],
  responseContains: ANSWERED,
  expectedJson: ANSWERED,
  capture: ANSWERED,
};
