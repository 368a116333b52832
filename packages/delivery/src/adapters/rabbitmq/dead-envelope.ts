import { randomUUID } from 'node:crypto';

import type { SyncMessage } from 'rabbitmq-client';

import { BODY_START_BYTES, type DeadLetter } from '../../queue/dead-letters.ts';
import { bodyBytes } from './body-bytes.ts';
import type { Envelope } from './publisher.ts';
import type { Topology } from './topology.ts';

const REASON = 'x-daywatch-reason';
const DEAD_AT = 'x-daywatch-dead-at';

/** A message as it goes to the dead letters: as it was, with the reason and the time in headers. */
export function deadEnvelope(
  { deadExchange }: Topology,
  message: { readonly messageId?: string | undefined },
  body: Buffer,
  reason: string,
): Envelope {
  // One without an id could not be named when it is to be replayed.
  const id = message.messageId || `unnamed-${randomUUID()}`;
  return {
    exchange: deadExchange,
    routingKey: '',
    id,
    body,
    headers: { [REASON]: reason, [DEAD_AT]: new Date().toISOString() },
  };
}

export function readDeadLetter(message: SyncMessage): DeadLetter {
  const body = bodyBytes(message.body);
  return {
    id: message.messageId ?? '',
    ...readCause(message),
    sizeBytes: body.length,
    // A copy: the rest of a large body is not to stay in memory with it.
    bodyStart: Uint8Array.from(body.subarray(0, BODY_START_BYTES)),
  };
}

function readCause({ headers }: SyncMessage): Pick<DeadLetter, 'reason' | 'deadLetteredAtMs'> {
  const reason: unknown = headers?.[REASON];
  if (typeof reason === 'string') return { reason, deadLetteredAtMs: Date.parse(String(headers?.[DEAD_AT])) };
  // The broker has put it here by itself, and says why in its own way.
  const [death] = (headers?.['x-death'] ?? []) as readonly {
    readonly reason?: string;
    readonly time?: unknown;
  }[];
  const time = death?.time instanceof Date ? death.time.getTime() : Number(death?.time ?? 0) * 1000;
  return { reason: `RabbitMQ gave it up: ${death?.reason ?? 'it does not say why'}`, deadLetteredAtMs: time };
}
