/** A value of JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * What is brought to somebody: a reminder, later an alert. A channel reads `kind` and `id` and passes the
 * rest on as it is.
 */
export interface Notification {
  readonly version: number;
  /** `reminder` */
  readonly kind: string;
  /** The same for every attempt: receivers tell repetitions by it. 1 to 200 printable ASCII characters. */
  readonly id: string;
  /** Whom it is for. */
  readonly user: string;
  readonly [field: string]: Json;
}
