/** What somebody who wants to send is told. */
export type Admission =
  /** It is its turn, until `end` is called. */
  | { readonly kind: 'turn'; readonly end: EndTurn }
  /** Its receiver has no time for it: it is to come back so many milliseconds later. */
  | { readonly kind: 'later'; readonly afterMs: number };

/** @param isAnswered whether the receiver was there; undefined where it was not asked. */
type EndTurn = (isAnswered?: boolean) => void;

/** Lets nobody's receiver take the whole of a sender. */
export interface ReceiverGate {
  /** Answers within a moment: PATIENCE_MS at most. */
  enter(user: string): Promise<Admission>;
}

export interface ReceiverGateOptions {
  /** How many requests to one user's receiver are under way at most. */
  readonly maxPerUser: number;
  /** The longest that anything is sent away for. */
  readonly longestMs: number;
  /** The present, in milliseconds. */
  readonly now: () => number;
}

/** So long a receiver may take before it counts as stuck: nobody waits for it any more. */
const PATIENCE_MS = 1_000;
/** Those who are sent away come back one after the other, so many of them in a second as a sender hardly notices. */
const SPACING_MS = 10;
/** More receivers than that are not remembered while nothing of theirs is under way. */
const MAX_IDLE = 10_000;

interface Receiver {
  /** When each request that is under way began, the oldest first. */
  readonly underWay: Set<{ readonly beganAt: number }>;
  readonly line: Set<(admission: Admission) => void>;
  /** Whether the last one that ended got no answer: then one at a time tries whether it is back. */
  isFailing: boolean;
  sentAway: number;
}

/**
 * Makes a gate. Each user has so many turns at once, and one where the receiver has failed. Who finds no turn waits in
 * line as long as the receiver answers quickly, and is sent away where it does not: a receiver that fails or hangs
 * costs the other users a moment, once.
 */
export function createReceiverGate({ maxPerUser, longestMs, now }: ReceiverGateOptions): ReceiverGate {
  const receivers = new Map<string, Receiver>();

  function find(user: string): Receiver {
    const known = receivers.get(user);
    if (known) return known;
    if (receivers.size >= MAX_IDLE) forgetIdle();
    const receiver: Receiver = { underWay: new Set(), line: new Set(), isFailing: false, sentAway: 0 };
    receivers.set(user, receiver);
    return receiver;
  }

  function forgetIdle(): void {
    for (const [user, { underWay, line }] of receivers) {
      if (underWay.size === 0 && line.size === 0) receivers.delete(user);
    }
  }

  function begin(user: string, receiver: Receiver): Admission {
    const request = { beganAt: now() };
    receiver.underWay.add(request);
    const end = (isAnswered?: boolean): void => {
      receiver.underWay.delete(request);
      if (isAnswered !== undefined) receiver.isFailing = !isAnswered;
      if (isAnswered === true) receiver.sentAway = 0;
      for (const call of receiver.line) {
        if (!hasTurn(receiver)) break;
        receiver.line.delete(call);
        call(begin(user, receiver));
      }
      if (receiver.underWay.size === 0 && !receiver.isFailing) receivers.delete(user);
    };
    return { kind: 'turn', end };
  }

  function hasTurn({ underWay, isFailing }: Receiver): boolean {
    return underWay.size < (isFailing ? 1 : maxPerUser);
  }

  function isStuck({ underWay }: Receiver): boolean {
    const [oldest] = underWay;
    return oldest !== undefined && now() - oldest.beganAt >= PATIENCE_MS;
  }

  function sendAway(receiver: Receiver): Admission {
    const afterMs = Math.min(longestMs, PATIENCE_MS + SPACING_MS * receiver.sentAway);
    receiver.sentAway++;
    return { kind: 'later', afterMs };
  }

  function waitInLine(receiver: Receiver): Promise<Admission> {
    const { promise, resolve } = Promise.withResolvers<Admission>();
    const call = (admission: Admission): void => {
      clearTimeout(timer);
      resolve(admission);
    };
    const timer = setTimeout(() => {
      receiver.line.delete(call);
      resolve(sendAway(receiver));
    }, PATIENCE_MS);
    receiver.line.add(call);
    return promise;
  }

  return {
    async enter(user) {
      const receiver = find(user);
      if (hasTurn(receiver)) return begin(user, receiver);
      return isStuck(receiver) ? sendAway(receiver) : waitInLine(receiver);
    },
  };
}
