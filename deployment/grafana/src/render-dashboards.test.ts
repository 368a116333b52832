import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DATA_SOURCE } from './data-source.ts';
import { makeDashboards, renderDashboards } from './render-dashboards.ts';

const FOLDER = resolve(import.meta.dirname, '../dashboards');
const DASHBOARDS = [...makeDashboards()];

it('should have every dashboard in the folder as the sources say, and no other', async () => {
  const files = await readdir(FOLDER);
  const texts = await Promise.all(files.map((file) => readFile(join(FOLDER, file), 'utf8')));

  // After a change of the sources: make generate.
  expect(new Map(files.map((file, at) => [file, texts[at]]))).toEqual(renderDashboards());
});

it('should have addresses that differ', () => {
  const uids = DASHBOARDS.map(([, { uid }]) => uid);

  expect(new Set(uids).size).toBe(DASHBOARDS.length);
  for (const uid of uids) expect(uid).toMatch(/^daywatch-[a-z]+$/);
});

describe.each(DASHBOARDS)('%s', (_, dashboard) => {
  const panels = (dashboard.panels ?? []).filter((panel): panel is Panel => panel.type !== 'row');

  it('should have panels that say what they show, in which unit, and what each line is', () => {
    expect(panels.length).toBeGreaterThan(10);
    for (const { title, description, fieldConfig, targets = [] } of panels) {
      expect({ title, description, unit: fieldConfig?.defaults.unit, targets }).toEqual({
        title: expect.stringMatching(/^[A-Z]/),
        description: expect.stringMatching(/^\S.{20,}\.$/),
        unit: expect.stringMatching(/./),
        targets: targets.map(() => expect.objectContaining({ legendFormat: expect.stringMatching(/./) })),
      });
      expect(targets).not.toEqual([]);
    }
  });

  it('should ask the data source that is chosen, and nobody else', () => {
    const [first, ...choices] = dashboard.templating.list ?? [];
    const asked: readonly object[] = [
      ...panels,
      ...panels.flatMap(({ targets = [] }) => targets),
      ...choices,
    ];

    expect(first).toMatchObject({ name: 'datasource', type: 'datasource', query: 'prometheus' });
    expect(asked).toEqual(asked.map(() => expect.objectContaining({ datasource: DATA_SOURCE })));
  });

  it('should have every choice in use', () => {
    const text = JSON.stringify(panels);

    for (const { name } of dashboard.templating.list ?? [])
      expect(text).toMatch(new RegExp(`\\$\\{?${name}\\b`));
  });

  it('should have panels that lie beside each other, within the grid', () => {
    const cells = panels.flatMap(({ title, gridPos: { x, y, w, h } = { x: 0, y: 0, w: 0, h: 0 } }) =>
      Array.from({ length: w * h }, (_, at) => ({
        title,
        column: x + (at % w),
        row: y + Math.floor(at / w),
      })),
    );
    const places = cells.map(({ column, row }) => `${column},${row}`);

    expect(cells.filter(({ column }) => column >= 24)).toEqual([]);
    expect(places.length - new Set(places).size).toBe(0);
  });

  it('should have numbers for its panels, for links to one of them', () => {
    const numbers = (dashboard.panels ?? []).map(({ id }) => id);

    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers).not.toContain(undefined);
  });
});
