import type { TestboxErrorCode } from '@daywatch/testbox';

/** How the program ends, for scripts. */
export const EXIT = {
  /** Every test has passed. */
  passed: 0,
  /** A test has failed. */
  failed: 1,
  /** The command line or the file makes no sense; Docker has not been touched. */
  usage: 2,
  noEngine: 3,
  noPermission: 4,
  noSuchImage: 5,
  buildFailed: 6,
  containerDied: 7,
  neverReady: 8,
  /** The engine refused something else, or something could not be removed. */
  engineFailed: 9,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const EXIT_OF_ERROR: Readonly<Record<TestboxErrorCode, ExitCode>> = {
  no_engine: EXIT.noEngine,
  no_permission: EXIT.noPermission,
  no_such_image: EXIT.noSuchImage,
  build_failed: EXIT.buildFailed,
  container_died: EXIT.containerDied,
  never_ready: EXIT.neverReady,
  interrupted: EXIT.interrupted,
  engine_failed: EXIT.engineFailed,
  no_port: EXIT.usage,
  unreadable_file: EXIT.usage,
};

export const EXIT_HELP = `
Exit codes:
  0 all tests passed            5 no such image, and none to pull
  1 a test failed               6 a build failed
  2 wrong command line or file  7 a container died before it was ready
  3 no Docker Engine answers    8 a container was never ready (its port did not open, …)
  4 no permission to use it     9 the engine refused something else
  130 broken off (Ctrl-C)`;
