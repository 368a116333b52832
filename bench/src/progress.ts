import { SingleBar } from 'cli-progress';

export interface Progress {
  readonly update: (done: number) => void;
  readonly stop: () => void;
}

/** A progress bar on a terminal; where there is none, a line when it is done. */
export function createProgress(what: string, total: number): Progress {
  if (!process.stderr.isTTY)
    return { update: () => {}, stop: () => process.stderr.write(`loaded ${what}\n`) };
  const bar = new SingleBar({
    format: `${what} {bar} {percentage}% {eta}s`,
    hideCursor: true,
    clearOnComplete: true,
  });
  bar.start(total, 0);
  return { update: (done) => bar.update(done), stop: () => bar.stop() };
}
