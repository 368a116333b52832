interface Countdown {
  readonly run: () => void;
  leftMs: number;
  /** When it was started; undefined while it stands still. */
  sinceMs: number | undefined;
  timer: ReturnType<typeof setTimeout> | undefined;
}

const countdowns = new Set<Countdown>();
let isHeld = false;

/**
 * Does something when its time is over. The time stands still while {@link holdCountdowns} says so.
 * @returns what stops it.
 */
export function startCountdown(run: () => void, ms: number): () => void {
  const countdown: Countdown = { run, leftMs: ms, sinceMs: undefined, timer: undefined };
  countdowns.add(countdown);
  if (!isHeld) goOn(countdown);
  return () => {
    clearTimeout(countdown.timer);
    countdowns.delete(countdown);
  };
}

/** Whoever points at a message, or has the focus in it, has all the time that reading and deciding take. */
export function holdCountdowns(hold: boolean): void {
  if (hold === isHeld) return;
  isHeld = hold;
  for (const countdown of countdowns) {
    if (hold) standStill(countdown);
    else goOn(countdown);
  }
}

function goOn(countdown: Countdown): void {
  countdown.sinceMs = performance.now();
  countdown.timer = setTimeout(() => {
    countdowns.delete(countdown);
    countdown.run();
  }, countdown.leftMs);
}

function standStill(countdown: Countdown): void {
  clearTimeout(countdown.timer);
  countdown.leftMs -= performance.now() - (countdown.sinceMs ?? performance.now());
  countdown.sinceMs = undefined;
}
