import type { FaultMatch } from './faults/fault-match.ts';
import type { Delay, FaultPlan, Lift, Loss, Refusal } from './faults/faults.ts';
import type { Listener } from './http/listener.ts';
import type { WatchHub } from './http/watch-hub.ts';
import type { ObjectStore } from './store/object-store.ts';

/** What can be made to go wrong. Faults that last are lifted by the function that orders them, or by `clear`. */
export interface ServerFaults {
  /** Answers with an error instead of carrying a request out. */
  refuse(refusal: Refusal): Lift;
  /** Keeps requests waiting before they are carried out. */
  delay(delay: Delay): Lift;
  /** Cuts the connection before a request is carried out, or after it and before the answer. */
  lose(loss: Loss): Lift;
  /** Answers every second update or patch with 409. */
  conflictEverySecondWrite(match?: FaultMatch): Lift;
  /** Open watches stay open, and nothing ever comes again. @returns how many */
  hangWatches(match?: FaultMatch): number;
  /** As `hangWatches`, for watches that are opened while it lasts. */
  hangNewWatches(match?: FaultMatch): Lift;
  /** Ends open watches in an orderly way. */
  closeWatches(match?: FaultMatch): void;
  /** Ends open watches with 410. */
  expireWatches(match?: FaultMatch): void;
  /** Events of different objects arrive in another order. */
  reorderWatchEvents(match?: FaultMatch, random?: () => number): Lift;
  /** Forgets the past: a watch or a page of a list that goes on from before now gets 410. */
  compact(): void;
  /** Cuts all connections. */
  dropConnections(): void;
  /** Cuts all connections and refuses new ones, until `comeBack`. The objects are kept. */
  goDown(): Promise<void>;
  /** Listens again on the same port. */
  comeBack(): Promise<void>;
  /** Lifts all that lasts. Watches that hang go on hanging: their clients are to find out. */
  clear(): void;
}

interface Parts {
  readonly plan: FaultPlan;
  readonly watches: WatchHub;
  readonly listener: Listener;
  readonly store: ObjectStore;
}

export function createFaults({ plan, watches, listener, store }: Parts): ServerFaults {
  return {
    refuse: (refusal) => plan.refuse(refusal),
    delay: (delay) => plan.delay(delay),
    lose: (loss) => plan.lose(loss),
    conflictEverySecondWrite: (match) => plan.conflictEverySecondWrite(match),
    hangWatches: (match = {}) => watches.hang(match),
    hangNewWatches: (match = {}) => watches.hangNew(match),
    closeWatches: (match) => watches.close(match),
    expireWatches: (match) => watches.expire(match),
    reorderWatchEvents: (match = {}, random = Math.random) => watches.shuffle(match, random),
    compact: () => store.compact(),
    dropConnections: () => listener.dropConnections(),
    goDown: () => listener.close(),
    comeBack: () => listener.open(),
    clear: () => {
      plan.clear();
      watches.clearFaults();
    },
  };
}
