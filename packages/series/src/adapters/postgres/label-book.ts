import type { Queries } from '@daywatch/service-kit/postgres';

import { makeLabels, type Label, type Labels } from '../../labels/labels.ts';
import { BoundedMap } from './bounded-map.ts';
import { getLabels } from './sql/get-labels.ts';
import { getLayouts } from './sql/get-layouts.ts';

const REMEMBERED_LABELS = 100_000;
const REMEMBERED_LAYOUTS = 1000;

/** Looks up what ids stand for. What they stand for never changes, so it is remembered. */
export interface LabelBook {
  /** The labels of each array of ids, in order. */
  labelsOf(arrays: readonly (readonly number[])[], signal?: AbortSignal): Promise<readonly Labels[]>;
  layoutsOf(ids: readonly number[], signal?: AbortSignal): Promise<ReadonlyMap<number, readonly number[]>>;
}

export function createLabelBook(db: Queries): LabelBook {
  const labels = new BoundedMap<number, Label>(REMEMBERED_LABELS);
  const layouts = new BoundedMap<number, readonly number[]>(REMEMBERED_LAYOUTS);

  return {
    async labelsOf(arrays, signal) {
      const found = new Map<number, Label>();
      const missing = new Set<number>();
      for (const id of arrays.flat()) {
        const known = labels.get(id);
        if (known) found.set(id, known);
        else missing.add(id);
      }
      const rows = missing.size === 0 ? [] : await db.query(getLabels, [[...missing]], signal);
      for (const { id, name, value } of rows) {
        labels.set(id, [name, value]);
        found.set(id, [name, value]);
      }
      return arrays.map((ids) => makeLabels(ids.map((id) => found.get(id) as Label)));
    },
    async layoutsOf(ids, signal) {
      const found = new Map<number, readonly number[]>();
      for (const id of ids) {
        const known = layouts.get(id);
        if (known) found.set(id, known);
      }
      const missing = [...new Set(ids)].filter((id) => !found.has(id));
      const rows = missing.length === 0 ? [] : await db.query(getLayouts, [missing], signal);
      for (const { id, series } of rows) {
        layouts.set(id, series);
        found.set(id, series);
      }
      return found;
    },
  };
}
