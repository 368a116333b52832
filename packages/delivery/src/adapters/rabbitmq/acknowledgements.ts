/** What of a channel is needed to say what became of its messages. */
export interface AcknowledgingChannel {
  readonly active: boolean;
  basicAck(params: { readonly deliveryTag: number; readonly multiple?: boolean }): void;
  basicNack(params: { readonly deliveryTag: number; readonly requeue: boolean }): void;
}

/**
 * The messages of one channel that are not acknowledged yet. Those that end in one turn of the event loop are
 * acknowledged together: up to the first that is still in hand with one number, which stands for all before it. A
 * frame for each would cost us a system call, and the broker an entry in the log of its queue.
 */
export class Acknowledgements {
  readonly #channel: AcknowledgingChannel;
  /** Whether each is handled, in the order of their numbers, which is that in which they came. */
  readonly #isHandled = new Map<number, boolean>();
  #flushing: Promise<void> | undefined;

  constructor(channel: AcknowledgingChannel) {
    this.#channel = channel;
  }

  /** To be told of every message, in the order in which they come. */
  receive(deliveryTag: number): void {
    this.#isHandled.set(deliveryTag, false);
  }

  /** Resolves when the broker has been told; on a channel that broke there is nothing to say. */
  acknowledge(deliveryTag: number): Promise<void> {
    this.#isHandled.set(deliveryTag, true);
    return (this.#flushing ??= this.#flushSoon());
  }

  /** Gives the message back to the queue. */
  giveBack(deliveryTag: number): void {
    this.#isHandled.delete(deliveryTag);
    if (this.#channel.active) this.#channel.basicNack({ deliveryTag, requeue: true });
  }

  async #flushSoon(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.#flushing = undefined;
    const handled: number[] = [];
    let upTo: number | undefined;
    let isUnbroken = true;
    for (const [deliveryTag, isHandled] of this.#isHandled) {
      isUnbroken &&= isHandled;
      if (!isHandled) continue;
      this.#isHandled.delete(deliveryTag);
      if (isUnbroken) upTo = deliveryTag;
      else handled.push(deliveryTag);
    }
    if (!this.#channel.active) return;
    if (upTo !== undefined) this.#channel.basicAck({ deliveryTag: upTo, multiple: true });
    for (const deliveryTag of handled) this.#channel.basicAck({ deliveryTag });
  }
}
