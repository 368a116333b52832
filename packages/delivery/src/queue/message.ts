/** What is published. */
export interface OutgoingMessage {
  /** The publisher's name for it, 1 to 200 printable ASCII characters; receivers tell repetitions by it. */
  readonly id: string;
  /** At most `maxMessageBytes` of the queue. The queue does not look inside. */
  readonly body: Uint8Array;
}

/** What a handler is given. */
export interface QueuedMessage {
  /** As published; empty where a publisher that is not ours gave none. */
  readonly id: string;
  readonly body: Uint8Array;
  /** How often it was handed out, this time included. More than 1 means that it may have been handled before. */
  readonly deliveries: number;
}

/** What became of one published message. */
export type PublishOutcome =
  /** It is stored durably and will be handed out: a crash of publisher or broker loses nothing any more. */
  | { readonly kind: 'confirmed' }
  /** It is surely not in the queue, and the same will be refused again until somebody changes something. */
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly reason: string }
  /** It may or may not be in the queue: nobody answered in time. Publish it again under the same id. */
  | { readonly kind: 'unknown'; readonly reason: string };

export type RefusalCode =
  /** The body is longer than `maxMessageBytes`. */
  | 'message_too_large'
  /** The id is empty, too long, or not printable ASCII. */
  | 'invalid_id'
  /** No queue takes it: somebody has removed the queue or its binding. */
  | 'unroutable'
  /** The broker said no, for want of room or for an error of its own. */
  | 'not_accepted';

/** What a handler decides about a message. */
export type Verdict =
  /** It is finished and leaves the queue. */
  | { readonly kind: 'done' }
  /** The handler is called again with it after `afterMs`. It keeps its place in the prefetch: for pauses of seconds. */
  | { readonly kind: 'again'; readonly afterMs: number; readonly reason: string }
  /** It will never succeed: it goes to the dead letters, with the reason. */
  | { readonly kind: 'dead-letter'; readonly reason: string };

/**
 * Handles one message. What it throws counts as `again` with a growing pause.
 * @param signal aborted when the message is no longer ours (the connection broke, the lease ran out, the
 *   time to handle or to drain is over): the message will be handed out again, whatever is answered.
 */
export type MessageHandler = (message: QueuedMessage, signal: AbortSignal) => Promise<Verdict>;
