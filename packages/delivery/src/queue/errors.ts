/** The broker, or the database that stands in for it, does not answer. The same may work later. */
export class ErrQueueUnavailable extends Error {
  override readonly name = 'ErrQueueUnavailable';
  readonly code = 'unavailable';
}
