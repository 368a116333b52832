/** The outcomes of a call that no use case knows of. Each has a stable `code`, like those of the domain. */
export class CallError extends Error {
  override readonly name = 'CallError';
  readonly code: 'invalid_request' | 'deadline_exceeded' | 'cancelled';

  constructor(code: CallError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
