/** Environment variables, as they are handed around: nothing else reads `process.env`. */
export type Env = Readonly<Record<string, string | undefined>>;

/** The environment of this process, copied, so that later changes do not matter. */
export function readEnv(): Env {
  return { ...process.env };
}
