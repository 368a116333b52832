import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { hasKubectl } from '../../../tests/_support/kubectl.ts';
import { deriveEdges } from './_support/edges.ts';
import type { Manifest } from './_support/manifest.ts';
import { render } from './_support/render.ts';
import { change, remove } from './_support/rules/rule.ts';

const ARCHITECTURE = resolve(import.meta.dirname, '../../../docs/architecture.md');

interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly port: string;
}

describe.skipIf(!hasKubectl())('the network policies', () => {
  let small: readonly Manifest[];
  let production: readonly Manifest[];
  let operator: readonly Manifest[];
  /** Of an installation, and of the operator. */
  let picture: readonly Arrow[];
  let pictureOfOperator: readonly Arrow[];

  beforeAll(async () => {
    [small, production, operator] = await Promise.all([
      render('overlays/small'),
      render('overlays/production'),
      render('operator'),
    ]);
    const arrows = await readPicture();
    const isOfOperator = ({ from, to }: Arrow): boolean => [from, to].includes('operator');
    picture = arrows.filter((arrow) => !isOfOperator(arrow));
    pictureOfOperator = arrows.filter(isOfOperator);
  });

  it('should let through exactly what docs/architecture.md draws', () => {
    // Reminders go to standard output there, so that nobody calls a webhook.
    const arrows = picture.filter(({ to }) => to !== 'webhooks');

    expect(withoutDns(deriveEdges(small))).toEqual(toEdges(arrows, { 'any target': 'anywhere' }));
  });

  it('should lead to a database, a broker and webhooks outside, and change nothing else', () => {
    const ends = {
      'any target': 'anywhere',
      webhooks: 'internet',
      'database:5432': '10.20.0.0/24:5432',
      'broker:5672': '10.20.1.0/24:5671',
    };

    expect(withoutDns(deriveEdges(production))).toEqual(toEdges(picture, ends));
  });

  it('should let the operator reach what is drawn of it, whatever the address of the API server is', () => {
    const ends = { 'api server:443': 'anywhere:443', 'api server:6443': 'anywhere:6443' };

    expect(pictureOfOperator.length).toBeGreaterThan(3);
    expect(deriveEdges(operator)).toEqual(
      [...toEdges(pictureOfOperator, ends), 'operator -> dns:53'].toSorted(),
    );
  });

  it('should let those resolve names who call somebody', () => {
    const callers = [...new Set(picture.map(({ from }) => from))].filter((from) => from !== 'anyone');

    expect(deriveEdges(small).filter((edge) => edge.includes('dns'))).toEqual(
      callers.map((from) => `${from} -> dns:53`).toSorted(),
    );
  });

  it.each([
    remove('', 'NetworkPolicy'),
    change('', 'NetworkPolicy', 'spec.egress', [{}]),
    change('', 'NetworkPolicy', 'spec.ingress', []),
    change('', 'NetworkPolicy', 'spec.podSelector.matchLabels.a', 'b'),
  ])('should be seen to be others: $breaks', ({ change }) => {
    expect(deriveEdges(change(structuredClone(small)))).not.toEqual(deriveEdges(small));
  });
});

/** The table "Who calls whom". */
async function readPicture(): Promise<readonly Arrow[]> {
  const text = await readFile(ARCHITECTURE, 'utf8');
  const table = /## Who calls whom\n(?<table>.*?)\n## /s.exec(text)?.groups?.['table'] ?? '';
  const rows = Array.from(
    table.matchAll(/^\| `?(?<from>[a-z -]+?)`? +\| `?(?<to>[a-z -]+?)`? +\| (?<port>\d+|any) +\|/gm),
  );
  return rows.map(({ groups }) => groups as unknown as Arrow);
}

function toEdges(arrows: readonly Arrow[], ends: Readonly<Record<string, string>>): readonly string[] {
  return arrows
    .map(({ from, to, port }) => {
      const end = port === 'any' ? to : `${to}:${port}`;
      return `${from} -> ${ends[end] ?? end}`;
    })
    .toSorted();
}

function withoutDns(edges: readonly string[]): readonly string[] {
  return edges.filter((edge) => !edge.endsWith(' -> dns:53'));
}
