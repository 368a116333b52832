import { END_OF_TIME, SECONDS_PER_DAY } from './civil/civil-date.ts';
import type { LocalCursor } from './expand/local-cursor.ts';
import { openCursor } from './expand/rule-plan.ts';
import type { RecurrenceSeries } from './series.ts';
import type { StepBudget } from './step-budget.ts';
import { LocalResolver, offsetsAround } from './zone/local-resolver.ts';

/** Resolving and handing out an occurrence costs about as much as this many plain steps. */
const STEPS_PER_OCCURRENCE = 2;

/**
 * Walks the starts of a series in `[from, to)`, seconds since 1970 UTC: the rule's wall-clock times up to
 * COUNT and UNTIL, as instants, merged with DTSTART and the RDATEs, without the EXDATEs and duplicates.
 *
 * Starts are ordered and told apart by a key: the instant, or for all-day series the civil seconds of the
 * date. Instants of one rule are in the order of their wall-clock times except around a gap, where times
 * that the clocks skip move forward past later ones; those wait until their turn.
 */
export class SeriesCursor {
  readonly #series: RecurrenceSeries;
  readonly #from: number;
  readonly #to: number;
  readonly #resolver: LocalResolver;
  readonly #budget: StepBudget;
  readonly #isDate: boolean;
  /** Wall-clock times of the rule after DTSTART; none left when `#remaining` is 0. */
  #rule: LocalCursor | undefined;
  #remaining = Infinity;
  #untilEpoch = Infinity;
  /** Instants that moved forward out of a gap, ascending. */
  #moved: number[] = [];
  #movedIndex = 0;
  /** The rule's next key after the moved ones. */
  #ruleKey = Infinity;
  #extraIndex: number;
  #lastKey = -Infinity;
  /** When the start that `next` gave last is, in seconds since 1970 UTC. */
  epochSeconds = 0;

  constructor(series: RecurrenceSeries, from: number, to: number, budget: StepBudget) {
    this.#series = series;
    this.#from = from;
    this.#to = to;
    this.#budget = budget;
    this.#isDate = series.kind === 'date';
    this.#resolver = new LocalResolver(series.zone);
    // A date's midnight is within two days of the same civil seconds in UTC.
    this.#extraIndex = firstIndexFrom(series.starts, this.#isDate ? from - 2 * SECONDS_PER_DAY : from);
    this.#openRule();
    this.#pullRule();
  }

  /** The key of the next start; `Infinity` after the last. */
  next(): number {
    for (;;) {
      const key = this.#takeSmallest();
      if (key === Infinity) {
        return Infinity;
      }
      if (key !== this.#lastKey && !this.#series.exdates.has(key)) {
        this.#lastKey = key;
        const epoch = this.#isDate ? this.#resolver.resolve(key) : key;
        if (epoch >= this.#from && epoch < this.#to) {
          this.epochSeconds = epoch;
          this.#budget.spend(STEPS_PER_OCCURRENCE);
          return key;
        }
        if (epoch >= this.#to) {
          return Infinity;
        }
      }
    }
  }

  #takeSmallest(): number {
    const moved = this.#moved[this.#movedIndex] ?? Infinity;
    const extra = this.#series.starts[this.#extraIndex] ?? Infinity;
    if (extra <= moved && extra <= this.#ruleKey) {
      this.#extraIndex += 1;
      this.#budget.spend(extra === Infinity ? 0 : 1);
      return extra;
    }
    if (moved <= this.#ruleKey) {
      this.#movedIndex += 1;
      if (this.#movedIndex === this.#moved.length) {
        this.#moved = [];
        this.#movedIndex = 0;
      }
      return moved;
    }
    const key = this.#ruleKey;
    this.#pullRule();
    return key;
  }

  #openRule(): void {
    const { rule, plan, counter, startLocal, zone } = this.#series;
    if (rule === undefined || plan === undefined || counter === undefined) {
      return;
    }
    const first = startLocal + 1;
    const from =
      this.#from === -Infinity ? first : Math.max(first, this.#from + offsetsAround(zone, this.#from).least);
    let end =
      this.#to === Infinity
        ? END_OF_TIME
        : Math.min(END_OF_TIME, this.#to + offsetsAround(zone, this.#to).most);
    if (rule.bound.kind === 'until') {
      const { kind, seconds } = rule.bound.until;
      this.#untilEpoch = kind === 'utc' ? seconds : Infinity;
      end = Math.min(end, 1 + (kind === 'utc' ? seconds + offsetsAround(zone, seconds).most : seconds));
    }
    if (from >= end) {
      return;
    }
    if (rule.bound.kind === 'count') {
      // DTSTART is the first of them, whether or not the rule produces it.
      this.#remaining = rule.bound.count - 1;
      if (from > first) {
        this.#remaining -= counter.before(from, this.#budget) - counter.before(first, this.#budget);
      }
      if (this.#remaining <= 0) {
        return;
      }
    }
    this.#rule = openCursor(plan, from, end, this.#budget);
  }

  /** Reads the rule up to the next time that no clock change moves. */
  #pullRule(): void {
    this.#ruleKey = Infinity;
    while (this.#rule !== undefined && this.#remaining > 0) {
      const local = this.#rule.next();
      if (local === Infinity) {
        this.#rule = undefined;
        return;
      }
      this.#remaining -= 1;
      if (this.#isDate) {
        this.#ruleKey = local;
        return;
      }
      const epoch = this.#resolver.resolve(local);
      // A DTSTART that is the second of two equal wall-clock times has nothing of its series before it.
      if (epoch <= this.#untilEpoch && epoch > this.#series.startEpoch) {
        if (!this.#resolver.wasInGap) {
          this.#ruleKey = epoch;
          return;
        }
        this.#moved.push(epoch);
      }
    }
  }
}

function firstIndexFrom(sorted: readonly number[], least: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < least) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
