import type { Notification } from './notification.ts';

/** Brings notifications to people. */
export interface Channel {
  /** `stdout`, `webhook`: for records and metrics. */
  readonly name: string;
  /**
   * Tries once, within the channel's own time limit. It does not throw for what the outside world does.
   * @param attempt which attempt at this notification it is, from 1.
   * @param signal breaks the attempt off; what became of it is then `retry`, since it may have arrived.
   */
  send(notification: Notification, attempt: number, signal?: AbortSignal): Promise<SendOutcome>;
}

export type SendOutcome =
  | { readonly kind: 'delivered' }
  /** It may work later. `afterMs` is what the receiver asked for, within bounds; absent, the caller's policy decides. */
  | { readonly kind: 'retry'; readonly reason: string; readonly afterMs?: number }
  /** It will not work: the receiver, or our own rules, refuse it for good. */
  | { readonly kind: 'refused'; readonly reason: string };
