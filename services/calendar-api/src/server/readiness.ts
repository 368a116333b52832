/** The process is not ready to answer: it still waits for its database. */
class NotReadyError extends Error {
  override readonly name = 'NotReadyError';
  readonly code = 'unavailable';
}

/** A gate before the API that opens once. */
export interface Readiness {
  readonly open: () => void;
  /** @throws NotReadyError before it was opened. */
  readonly require: () => void;
}

export function createReadiness(): Readiness {
  let isOpen = false;
  return {
    open: () => {
      isOpen = true;
    },
    require: () => {
      if (!isOpen) throw new NotReadyError('the process waits for its database; try again soon');
    },
  };
}
