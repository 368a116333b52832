import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { callApi } from '../../api/call-api.ts';
import type { RangeLine } from '../../api/generated.ts';
import { boundsOf, MAX_SELECTORS, type ExplorerState } from './explorer-state.ts';
import { readValue } from './read-value.ts';

/** A series as it is drawn. */
export interface DrawnLine {
  readonly key: string;
  readonly label: string;
  /** Which selector found it, from 0. */
  readonly selector: number;
  /** From 0; there are as many as the page has. */
  readonly colour: number;
  readonly timestampsMs: readonly number[];
  /** Null where it is interrupted. */
  readonly values: readonly (number | null)[];
}

export interface Lines {
  readonly lines: readonly DrawnLine[];
  readonly errors: readonly (Error | null)[];
  readonly isLoading: boolean;
}

const POINTS = 800;

/** The series that the selectors find, in the period as it is at `nowMs`. */
export function useLines({ selectors, range, kind }: ExplorerState, nowMs: number): Lines {
  const { startMs, endMs } = boundsOf(range, nowMs);
  const results = useQueries({
    queries: selectors.map((match) => ({
      queryKey: ['range', match, startMs, endMs, kind],
      queryFn: async ({ signal }: { readonly signal: AbortSignal }) => {
        const [date_from, date_to] = [new Date(startMs).toISOString(), new Date(endMs).toISOString()];
        const query = { match, date_from, date_to, points: POINTS, kind };
        return (await callApi('QueryRange', { query, signal })).series;
      },
      placeholderData: keepPreviousData,
      // Thousands of numbers are not worth being compared one by one.
      structuralSharing: false,
      // A period that goes on is another one soon: what was drawn is not needed again.
      gcTime: 60_000,
    })),
  });
  // As many as there may be at most: what is remembered hangs on a list of one length.
  const answers = Array.from({ length: MAX_SELECTORS }, (_, i) => results[i]?.data);
  const lines = useMemo(
    () =>
      answers
        .flatMap((series, selector) => (series ?? []).map((line) => ({ line, selector })))
        .map(({ line, selector }, colour) => toDrawnLine(line, selector, colour)),
    // The answers are the same objects until there are others.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    answers,
  );
  return {
    lines,
    errors: results.map(({ error }) => error),
    isLoading: results.some(({ isPending }) => isPending),
  };
}

function toDrawnLine(
  { name, target, timestamps_ms, values }: RangeLine,
  selector: number,
  colour: number,
): DrawnLine {
  const instance = target['instance'] ?? '';
  return {
    key: `${selector} ${name} ${JSON.stringify(target)}`,
    label: instance === '' ? name : `${name} @ ${instance}`,
    selector,
    colour,
    timestampsMs: timestamps_ms,
    values: values.map(readValue),
  };
}
