/** What both adapters are made with. */
export interface QueueOptions {
  /** Names the queue: 1 to 100 of `a-z 0-9 . _ -`. Default `daywatch.notifications`. */
  readonly name?: string;
  /** Longer bodies are refused on publishing, and dead letters when somebody else published them. Default 262,144. */
  readonly maxMessageBytes?: number;
  /** After so many deliveries without a verdict a message is a dead letter. Default 20. */
  readonly maxDeliveries?: number;
  /** A queue in which so many wait already refuses more (`not_accepted`). About: some may slip in. Default 1,000,000. */
  readonly maxMessages?: number;
  /** How long `publish` waits for confirms. Default 10,000. */
  readonly publishTimeoutMs?: number;
  /** Takes one line when the broker goes away, and one when it is back. */
  readonly log?: (line: string) => void;
}

export interface QueueSettings {
  readonly name: string;
  readonly maxMessageBytes: number;
  readonly maxDeliveries: number;
  readonly maxMessages: number;
  readonly publishTimeoutMs: number;
  readonly log: (line: string) => void;
}

const NAME = /^[a-z0-9][a-z0-9._-]{0,99}$/;

/** @throws RangeError for a name that is not allowed, or a limit that is no positive whole number. */
export function completeQueueOptions(options: QueueOptions): QueueSettings {
  const settings = {
    name: options.name ?? 'daywatch.notifications',
    maxMessageBytes: options.maxMessageBytes ?? 262_144,
    maxDeliveries: options.maxDeliveries ?? 20,
    maxMessages: options.maxMessages ?? 1_000_000,
    publishTimeoutMs: options.publishTimeoutMs ?? 10_000,
    log: options.log ?? (() => undefined),
  };
  if (!NAME.test(settings.name)) {
    throw new RangeError(
      `queue name: '${settings.name}' is not allowed; allowed are 1 to 100 of a-z 0-9 . _ -, a letter or digit first`,
    );
  }
  for (const key of ['maxMessageBytes', 'maxDeliveries', 'maxMessages', 'publishTimeoutMs'] as const) {
    if (!Number.isSafeInteger(settings[key]) || settings[key] < 1) {
      throw new RangeError(`${key}: ${settings[key]} is not allowed; allowed are whole numbers from 1`);
    }
  }
  return settings;
}
