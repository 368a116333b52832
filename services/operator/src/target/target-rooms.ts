import { formatKey, type ObjectKey } from '../cluster/kube-object.ts';
import { findLeftOut, type Claim } from './fit-targets.ts';

export interface TargetRoomsOptions {
  readonly claimsOf: (installation: ObjectKey) => readonly Claim[];
  readonly roomOf: (installation: ObjectKey) => number;
  /** Told who has lost or found room. */
  readonly onNews: (key: string, installation: ObjectKey) => void;
}

interface Room {
  readonly leftOut: ReadonlySet<string>;
  readonly isStale: boolean;
}

/**
 * Who finds no room among the targets of each installation. Whether one does depends on all others, so that it is worked
 * out for all of them at once, when it is asked for after something has changed.
 */
export class TargetRooms {
  readonly #options: TargetRoomsOptions;
  readonly #rooms = new Map<string, Room>();

  constructor(options: TargetRoomsOptions) {
    this.#options = options;
  }

  /** Something has changed that it depends on. */
  touch(installation: ObjectKey): void {
    const key = formatKey(installation);
    const room = this.#rooms.get(key);
    if (room !== undefined) this.#rooms.set(key, { ...room, isStale: true });
  }

  /** The installation is gone. */
  forget(installation: ObjectKey): void {
    this.#rooms.delete(formatKey(installation));
  }

  leftOutOf(installation: ObjectKey): ReadonlySet<string> {
    const key = formatKey(installation);
    const former = this.#rooms.get(key);
    if (former?.isStale === false) return former.leftOut;
    const { claimsOf, roomOf, onNews } = this.#options;
    const leftOut = findLeftOut(claimsOf(installation), roomOf(installation));
    this.#rooms.set(key, { leftOut, isStale: false });
    for (const each of leftOut.symmetricDifference(former?.leftOut ?? new Set<string>()))
      onNews(each, installation);
    return leftOut;
  }
}
