/** Writes one line per change of state, however many callers run into it. */
export function createAvailabilityLog(log: ((line: string) => void) | undefined): {
  reached(): void;
  lost(error: unknown): void;
} {
  let available = true;
  return {
    reached() {
      if (available) return;
      available = true;
      log?.('the database is back');
    },
    lost(error) {
      if (!available) return;
      available = false;
      log?.(`the database is away: ${error instanceof Error ? error.message : String(error)}`);
    },
  };
}
