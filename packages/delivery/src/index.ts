export type { Channel, SendOutcome } from './channel/channel.ts';
export type { Json, Notification } from './channel/notification.ts';
export {
  decideRetry,
  DEFAULT_RETRY_POLICY,
  type RetryDecision,
  type RetryPolicy,
} from './channel/retry-policy.ts';
export type { DeadLetter, DeadLetters, DeadLetterSelection } from './queue/dead-letters.ts';
export { ErrQueueUnavailable } from './queue/errors.ts';
export type { ConsumeOptions, MessageQueue, QueueDepth, Subscription } from './queue/message-queue.ts';
export type {
  MessageHandler,
  OutgoingMessage,
  PublishOutcome,
  QueuedMessage,
  RefusalCode,
  Verdict,
} from './queue/message.ts';
export type { QueueOptions } from './queue/queue-options.ts';
