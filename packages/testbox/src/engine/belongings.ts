/** Things of an engine that runs of testbox have made. */
export interface Belongings {
  /** Everything that any run has made and that is still there. @param runId of one run alone */
  list(runId?: string): Promise<readonly Belonging[]>;
  /** Removes it, running or not. What has gone meanwhile is no error. */
  remove(belonging: Belonging): Promise<void>;
}

export interface Belonging {
  readonly kind: BelongingKind;
  readonly id: string;
  readonly name: string;
  readonly runId: string;
  /** Whether the person has asked that it stays. */
  readonly isKept: boolean;
}

/** In the order in which they can be removed: a network and an image go only once no container uses them. */
export const BELONGING_KINDS = ['container', 'network', 'volume', 'build-step', 'image'] as const;
export type BelongingKind = (typeof BELONGING_KINDS)[number];
