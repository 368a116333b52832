/**
 * Whether a checker that renews its lease can tell that others are dead, whose leases have run out.
 *
 * It can while less than half of its own is over. It was there all the time then, and whoever else lives has asked at least
 * once since, as all do four times in each lease. One that comes later may have been held up together with the others,
 * as where the database was away for all of them.
 * @param leftMs what was left of its lease when it asked.
 */
export function isInTouch(leftMs: number, leaseMs: number): boolean {
  return leftMs > leaseMs / 2;
}
