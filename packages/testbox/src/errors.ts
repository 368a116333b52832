/** Why a run could not be made, beside a faulty file and failing tests. */
export type TestboxErrorCode =
  /** Nothing answers where the engine should be. */
  | 'no_engine'
  /** The engine is there, and this user may not talk to it. */
  | 'no_permission'
  /** An image is neither here nor to be had. */
  | 'no_such_image'
  | 'build_failed'
  /** A container ended before it was ready. */
  | 'container_died'
  /** A container runs, and what was waited for did not come about. */
  | 'never_ready'
  /** The person, or the system, has asked to stop. */
  | 'interrupted'
  /** The engine refused something else. */
  | 'engine_failed'
  /** Neither the file nor the image says where the container under test listens. */
  | 'no_port'
  /** Something of this machine that the file names cannot be read. */
  | 'unreadable_file';

/** An expected outcome. The message is one line for people; `details` are lines below it, such as a log's last ones. */
export class TestboxError extends Error {
  override readonly name = 'TestboxError';
  readonly code: TestboxErrorCode;
  readonly details: readonly string[];

  constructor(
    code: TestboxErrorCode,
    message: string,
    { details = [], cause }: { readonly details?: readonly string[]; readonly cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.code = code;
    this.details = details;
  }

  /** Anything that was thrown; what nobody expected is the engine's failure, with its cause. */
  static from(error: unknown): TestboxError {
    if (error instanceof TestboxError) return error;
    const message = error instanceof Error ? error.message : String(error);
    return new TestboxError('engine_failed', message.trim(), { cause: error });
  }
}
