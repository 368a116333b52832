import { createHash } from 'node:crypto';

import type { Queries, SqlParameter, SqlStatement } from '@daywatch/service-kit/postgres';

import type { Labels } from '../../labels/labels.ts';
import { BoundedMap } from './bounded-map.ts';
import { addLabels } from './sql/add-labels.ts';
import { addSeries } from './sql/add-series.ts';
import { ensureLayout } from './sql/ensure-layout.ts';
import { ensureSource } from './sql/ensure-source.ts';
import { findLabels } from './sql/find-labels.ts';
import { findSeries } from './sql/find-series.ts';

/** Rows in one statement. */
const PAGE = 5000;

/** What is remembered; rows of the catalog never change, so nothing goes out of date. */
const REMEMBERED_LABELS = 50_000;

/** Turns labels into the ids that stand for them, adding what is new. */
export interface Catalog {
  sourceId(key: string, labels: Labels, signal?: AbortSignal): Promise<number>;
  layoutId(series: readonly Labels[], signal?: AbortSignal): Promise<number>;
}

export function createCatalog(db: Queries): Catalog {
  const labelIds = new BoundedMap<string, number>(REMEMBERED_LABELS);

  async function arraysOf(series: readonly Labels[], signal?: AbortSignal): Promise<readonly string[]> {
    const wanted = new Map<string, readonly [string, string]>();
    for (const labels of series)
      for (const [name, value] of labels) wanted.set(keyOf(name, value), [name, value]);
    const ids = await idsOfLabels(wanted, signal);
    return series.map((labels) => `{${labels.map(([name, value]) => ids.get(keyOf(name, value))).join()}}`);
  }

  async function idsOfLabels(
    wanted: ReadonlyMap<string, readonly [string, string]>,
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<string, number>> {
    const ids = new Map<string, number>();
    const missing: (readonly [string, string])[] = [];
    for (const [key, label] of wanted) {
      const known = labelIds.get(key);
      if (known === undefined) missing.push(label);
      else ids.set(key, known);
    }
    missing.sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1));
    for (let at = 0; at < missing.length; at += PAGE) {
      const page = missing.slice(at, at + PAGE);
      const pairs = [page.map(([name]) => name), page.map(([, value]) => value)];
      const rows = await findOrAdd(db, findLabels, addLabels, pairs, page.length, signal);
      for (const { id, name, value } of rows) {
        labelIds.set(keyOf(name, value), id);
        ids.set(keyOf(name, value), id);
      }
    }
    return ids;
  }

  async function idsOfSeries(series: readonly Labels[], signal?: AbortSignal): Promise<readonly number[]> {
    const arrays = await arraysOf(series, signal);
    const ids = new Map<string, number>();
    const sorted = [...arrays].sort();
    for (let at = 0; at < sorted.length; at += PAGE) {
      const page = sorted.slice(at, at + PAGE);
      const rows = await findOrAdd(db, findSeries, addSeries, [page], page.length, signal);
      for (const { id, labels } of rows) ids.set(`{${labels.join()}}`, id);
    }
    return arrays.map((array) => ids.get(array) as number);
  }

  return {
    async sourceId(key, labels, signal) {
      const [array = '{}'] = await arraysOf([labels], signal);
      return ensure(db, ensureSource, [key, array], signal);
    },
    async layoutId(series, signal) {
      const ids = await idsOfSeries(series, signal);
      return ensure(db, ensureLayout, [digestOf(ids), `{${ids.join()}}`], signal);
    },
  };
}

/** Most are known: looking first spares the ids that a refused insertion would use up. */
async function findOrAdd<Row>(
  db: Queries,
  find: SqlStatement<Row>,
  add: SqlStatement,
  parameters: readonly SqlParameter[],
  count: number,
  signal?: AbortSignal,
): Promise<readonly Row[]> {
  const known = await db.query(find, parameters, signal);
  if (known.length === count) return known;
  await db.query(add, parameters, signal);
  const rows = await db.query(find, parameters, signal);
  if (rows.length < count) throw new Error(`${add.name} added ${count} rows, and ${rows.length} are there`);
  return rows;
}

async function ensure(
  db: Queries,
  statement: SqlStatement<{ readonly id: number }>,
  parameters: readonly SqlParameter[],
  signal?: AbortSignal,
): Promise<number> {
  for (let attempt = 0; attempt < 3; attempt++) {
    const [row] = await db.query(statement, parameters, signal);
    if (row) return row.id;
  }
  throw new Error(`${statement.name} neither finds nor adds its row`);
}

function digestOf(ids: readonly number[]): string {
  const bytes = Buffer.alloc(ids.length * 4);
  for (const [i, id] of ids.entries()) bytes.writeInt32BE(id, i * 4);
  return createHash('sha256').update(bytes).digest('hex').slice(0, 32);
}

function keyOf(name: string, value: string): string {
  return `${name}\0${value}`;
}
