import { isTemporary, OutboundError, type OutboundClient } from '@daywatch/outbound';

import type { Channel, SendOutcome } from '../../channel/channel.ts';
import type { Notification } from '../../channel/notification.ts';
import { judgeAnswer } from './judge-answer.ts';
import { signWebhook, type WebhookSecret } from './signature.ts';

/** Where the notifications of a user go, and what they are signed with. */
export interface WebhookDestination {
  readonly url: string;
  readonly secret: WebhookSecret;
}

export interface WebhookChannelOptions {
  /** Its fence decides which URLs can be reached. */
  readonly client: OutboundClient;
  /** Looks up where a notification goes; undefined where its user has named no place. May throw: that is `retry`. */
  readonly findDestination: (
    notification: Notification,
    signal?: AbortSignal,
  ) => Promise<WebhookDestination | undefined>;
  readonly clock: { now(): number };
  /** From the lookup's end to the end of the answer. Default 10,000. */
  readonly timeoutMs?: number;
}

/** Of an answer only the status counts; so much of its body is read, to use the connection again. */
const MAX_ANSWER_BYTES = 16 * 1024;

/**
 * Posts notifications as JSON, signed as Standard Webhooks says. `Idempotency-Key` and `webhook-id` are the
 * notification's id, the same for every attempt; `Daywatch-Attempt` is the attempt's number. The signature
 * is not sent to another origin than that of the destination.
 */
export function createWebhookChannel(options: WebhookChannelOptions): Channel {
  const { client, findDestination, clock, timeoutMs = 10_000 } = options;

  async function post(
    { url, secret }: WebhookDestination,
    notification: Notification,
    attempt: number,
    signal: AbortSignal | undefined,
  ): Promise<SendOutcome> {
    const { id } = notification;
    const body = JSON.stringify(notification);
    const timestampSeconds = Math.floor(clock.now() / 1000);
    const request = {
      url,
      method: 'POST',
      body,
      timeoutMs,
      maxBodyBytes: MAX_ANSWER_BYTES,
      headers: {
        'content-type': 'application/json',
        'idempotency-key': id,
        'daywatch-attempt': String(attempt),
        'webhook-id': id,
        'webhook-timestamp': String(timestampSeconds),
      },
      secretHeaders: { 'webhook-signature': signWebhook(secret, id, timestampSeconds, body) },
    } as const;
    await using response = await client.open(request, signal);
    await readToEnd(response.body);
    return judgeAnswer(response.status, response.headers['retry-after'], clock.now());
  }

  return {
    name: 'webhook',
    async send(notification, attempt, signal) {
      try {
        const destination = await findDestination(notification, signal);
        if (destination === undefined) {
          return { kind: 'refused', reason: `the user '${notification.user}' has no webhook URL` };
        }
        return await post(destination, notification, attempt, signal);
      } catch (error) {
        return judgeFailure(error);
      }
    },
  };
}

/** The status has come: what becomes of the body changes nothing any more. */
async function readToEnd(body: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    for await (const _ of body);
  } catch {
    // Too large, too slow or broken: the connection is not used again, that is all.
  }
}

function judgeFailure(error: unknown): SendOutcome {
  const reason = error instanceof Error ? error.message : String(error);
  const isForGood = error instanceof OutboundError && !isTemporary(error.code);
  return { kind: isForGood ? 'refused' : 'retry', reason };
}
