import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { labelValue } from '@daywatch/series';
import { expect } from 'vitest';
import type { House } from './house.ts';

const ANSWER = 'recorded_answer';

/** Stands before an exporter, and remembers what it has said. */
export interface RecordingProxy extends AsyncDisposable {
  readonly url: string;
  /** The texts, in their order. */
  readonly bodies: readonly string[];
}

/** Passes every request on to that URL, which is asked for as it stands. */
export async function startRecordingProxy(upstream: string): Promise<RecordingProxy> {
  const bodies: string[] = [];
  const server = createServer((_, response) => {
    void (async () => {
      const answer = await fetch(upstream);
      // Which answer it is, so that what is stored can be told apart.
      const body = `${await answer.text()}${ANSWER} ${bodies.length}\n`;
      bodies.push(body);
      response
        .writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' })
        .end(body);
    })().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bodies,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/**
 * What is stored of a target is what it exposed: every series, every value, bit for bit, answer by answer.
 * @returns how many samples that are.
 */
export async function expectStoredAsExposed(
  house: House,
  target: string,
  bodies: readonly string[],
): Promise<number> {
  const stored = new Map<number, Map<string, number>>();
  for (const { labels, timestampsMs, values, states } of (await house.select(`{job="${target}"}`)).values()) {
    const name = labelValue(labels, '__name__');
    if (OWN_SERIES.has(name)) continue;
    const key = keyOf(
      name,
      labels.filter(([label]) => !['__name__', 'job', 'instance'].includes(label)),
    );
    for (const [i, atMs] of timestampsMs.entries()) {
      const row = stored.get(atMs) ?? new Map<string, number>();
      stored.set(atMs, row);
      if (states[i] === 0) row.set(key, values[i] as number);
    }
  }
  let samples = 0;
  for (const row of stored.values()) {
    const answer = row.get(keyOf(ANSWER, []));
    // A scrape that failed, as on a machine that is busy, has marks alone.
    if (answer === undefined) expect(row.size).toBe(0);
    else expect(Object.fromEntries(row)).toEqual(Object.fromEntries(readPlainly(bodies[answer] ?? '')));
    samples += row.size;
  }
  return samples;
}

const OWN_SERIES = new Set(['up', 'scrape_duration_seconds', 'scrape_samples_scraped']);

/** Reads Prometheus text in the plainest way, and not by the parser under test. */
function readPlainly(text: string): ReadonlyMap<string, number> {
  const samples = new Map<string, number>();
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const space = line.lastIndexOf(' ');
    const [name = '', rest = ''] = line.slice(0, space).split(/\{(.*)/s);
    const labels = Array.from(rest.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g), ([, label = '', value = '']) => [
      label,
      value.replaceAll(/\\(.)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped)),
    ]);
    const shown = labels.filter(([, value]) => value !== '') as [string, string][];
    samples.set(keyOf(name, shown), Number(line.slice(space + 1).replace('Inf', 'Infinity')));
  }
  return samples;
}

function keyOf(name: string, labels: readonly (readonly [string, string])[]): string {
  return JSON.stringify([name, ...labels.map(([label, value]) => `${label}=${value}`).sort()]);
}
