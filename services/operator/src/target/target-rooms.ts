import { formatKey, type ObjectKey } from '../cluster/kube-object.ts';
import { findLeftOut, type Claim } from './fit-targets.ts';

export interface TargetRoomsOptions {
  /** All resources of an installation. */
  readonly keysOf: (installation: ObjectKey) => Iterable<string>;
  /** What one of them takes; undefined where it comes to no targets. */
  readonly claimOf: (key: string) => Claim | undefined;
  readonly roomOf: (installation: ObjectKey) => number;
  /** Told who has lost or found room. */
  readonly onNews: (key: string, installation: ObjectKey) => void;
}

interface Room {
  readonly claims: Map<string, Claim>;
  /** Those of whom it is not known what they take. */
  readonly unasked: Set<string>;
  /** Undefined when it has to be asked for. */
  bytes: number | undefined;
  leftOut: ReadonlySet<string>;
  isStale: boolean;
}

/**
 * Who finds no room among the targets of each installation. Whether one does depends on all others: what each takes is
 * remembered, and asked for anew of those alone that have changed, when somebody wants to know.
 */
export class TargetRooms {
  readonly #options: TargetRoomsOptions;
  /** Of the installations that were asked for. */
  readonly #rooms = new Map<string, Room>();

  constructor(options: TargetRoomsOptions) {
    this.#options = options;
  }

  /** A resource of an installation may take another amount now, or is new. */
  change(installation: ObjectKey, key: string): void {
    this.remove(installation, key);
    this.#rooms.get(formatKey(installation))?.unasked.add(key);
  }

  /** A resource is none of the installation's any more. */
  remove(installation: ObjectKey, key: string): void {
    const room = this.#rooms.get(formatKey(installation));
    if (room === undefined) return;
    room.claims.delete(key);
    room.unasked.delete(key);
    room.isStale = true;
  }

  /** The installation is another one now: so is the room that it has, perhaps. */
  resize(installation: ObjectKey): void {
    const room = this.#rooms.get(formatKey(installation));
    if (room === undefined) return;
    room.bytes = undefined;
    room.isStale = true;
  }

  /** The installation is gone. */
  forget(installation: ObjectKey): void {
    this.#rooms.delete(formatKey(installation));
  }

  leftOutOf(installation: ObjectKey): ReadonlySet<string> {
    const room = this.#roomOf(installation);
    if (!room.isStale) return room.leftOut;
    const { claimOf, roomOf, onNews } = this.#options;
    for (const key of room.unasked) {
      const claim = claimOf(key);
      if (claim !== undefined) room.claims.set(key, claim);
    }
    room.unasked.clear();
    room.bytes ??= roomOf(installation);
    const former = room.leftOut;
    room.leftOut = findLeftOut([...room.claims.values()], room.bytes);
    room.isStale = false;
    for (const key of room.leftOut.symmetricDifference(former)) onNews(key, installation);
    return room.leftOut;
  }

  #roomOf(installation: ObjectKey): Room {
    const key = formatKey(installation);
    let room = this.#rooms.get(key);
    if (room === undefined) {
      const unasked = new Set(this.#options.keysOf(installation));
      room = { claims: new Map(), unasked, bytes: undefined, leftOut: new Set(), isStale: true };
      this.#rooms.set(key, room);
    }
    return room;
  }
}
