/** What the explorer shows. All of it is in the address, so that it can be sent to somebody. */
export interface ExplorerState {
  /** Selectors: `up{job="a"}`. */
  readonly selectors: readonly string[];
  readonly range: Range;
  /** The values as they are, or how much they grow in a second, for counters. */
  readonly kind: 'value' | 'rate';
  readonly view: 'chart' | 'table';
}

/** The time up to now, which goes on; or a period that stays. Epoch milliseconds. */
export type Range =
  | { readonly kind: 'last'; readonly name: LastRange }
  | { readonly kind: 'fixed'; readonly startMs: number; readonly endMs: number };

export const LAST_RANGES = {
  '15m': 900_000,
  '1h': 3_600_000,
  '6h': 21_600_000,
  '24h': 86_400_000,
  '7d': 604_800_000,
  '30d': 2_592_000_000,
} as const;

export type LastRange = keyof typeof LAST_RANGES;

/** More lines than that nobody tells apart. */
export const MAX_SELECTORS = 6;
/** Shorter than that, neighbours of one scrape are all there is. */
const SHORTEST_MS = 10_000;
const LONGEST_MS = 400 * 86_400_000;

export function readState(search: string): ExplorerState {
  const given = new URLSearchParams(search);
  return {
    selectors: given
      .getAll('q')
      .filter((selector) => selector !== '')
      .slice(0, MAX_SELECTORS),
    range: readRange(given),
    kind: given.get('kind') === 'rate' ? 'rate' : 'value',
    view: given.get('view') === 'table' ? 'table' : 'chart',
  };
}

function readRange(given: URLSearchParams): Range {
  const startMs = Date.parse(given.get('from') ?? '');
  const endMs = Date.parse(given.get('to') ?? '');
  if (endMs - startMs >= SHORTEST_MS && endMs - startMs <= LONGEST_MS) {
    return { kind: 'fixed', startMs, endMs };
  }
  const name = given.get('range') ?? '';
  return { kind: 'last', name: Object.hasOwn(LAST_RANGES, name) ? (name as LastRange) : '1h' };
}

/** The address of a state; what is as usual is left out. */
export function writeState({ selectors, range, kind, view }: ExplorerState): string {
  const query = new URLSearchParams(selectors.map((selector) => ['q', selector]));
  if (range.kind === 'fixed') {
    query.set('from', new Date(range.startMs).toISOString());
    query.set('to', new Date(range.endMs).toISOString());
  } else if (range.name !== '1h') query.set('range', range.name);
  if (kind !== 'value') query.set('kind', kind);
  if (view !== 'chart') query.set('view', view);
  const text = query.toString();
  return text === '' ? '/monitor/explorer' : `/monitor/explorer?${text}`;
}

/** From when to when a range reaches at a moment. */
export function boundsOf(range: Range, nowMs: number): { readonly startMs: number; readonly endMs: number } {
  return range.kind === 'fixed' ? range : { startMs: nowMs - LAST_RANGES[range.name], endMs: nowMs };
}

/** The part of a period from one share of it to another; never shorter than what can be seen. */
export function zoom(range: Range, from: number, to: number, nowMs: number): Range {
  const { startMs, endMs } = boundsOf(range, nowMs);
  const lengthMs = endMs - startMs;
  const start = startMs + lengthMs * from;
  const end = startMs + lengthMs * to;
  const spare = Math.max(0, SHORTEST_MS - (end - start)) / 2;
  const over = Math.max(0, end - start - LONGEST_MS) / 2;
  return {
    kind: 'fixed',
    startMs: Math.round(start - spare + over),
    endMs: Math.round(end + spare - over),
  };
}

/** The same length, moved by a share of itself; not beyond now. */
export function pan(range: Range, by: number, nowMs: number): Range {
  const { startMs, endMs } = boundsOf(range, nowMs);
  const moveMs = Math.min((endMs - startMs) * by, Math.max(0, nowMs - endMs));
  return { kind: 'fixed', startMs: Math.round(startMs + moveMs), endMs: Math.round(endMs + moveMs) };
}
