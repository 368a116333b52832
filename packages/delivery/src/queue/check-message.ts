import type { OutgoingMessage, PublishOutcome } from './message.ts';

const ID = /^[\x21-\x7e]{1,200}$/;
const MAX_BATCH = 10_000;

/** What a message is refused for before anybody sees it; undefined where there is nothing. */
export function checkMessage(
  { id, body }: OutgoingMessage,
  maxMessageBytes: number,
): PublishOutcome | undefined {
  if (!ID.test(id)) {
    const reason = `the id '${id.slice(0, 50)}' is not allowed; allowed are 1 to 200 printable ASCII characters`;
    return { kind: 'refused', code: 'invalid_id', reason };
  }
  if (body.byteLength > maxMessageBytes) {
    const reason = `the body of ${id} has ${body.byteLength} bytes; allowed are ${maxMessageBytes}`;
    return { kind: 'refused', code: 'message_too_large', reason };
  }
  return undefined;
}

/** @throws RangeError for a batch that is too long */
export function checkBatch(messages: readonly OutgoingMessage[]): void {
  if (messages.length <= MAX_BATCH) return;
  throw new RangeError(`a batch of ${messages.length} messages is too long; allowed are ${MAX_BATCH}`);
}
