import { API_VERSION, type TargetStatus } from '@daywatch/installation';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { waitFor } from '../../../tests/_support/wait-for.ts';
import { applyDaywatch, readDaywatch, waitForVersion } from './_support/daywatch.ts';
import { conditionOf, openHouse, type House } from './_support/house.ts';

let house: House;

beforeEach(async () => {
  house = await openHouse();
});
afterEach(async () => {
  await house[Symbol.asyncDispose]();
});

/** A tenth of what a ConfigMap holds. */
const HEAVY_LABELS = Object.fromEntries(
  Array.from({ length: 32 }, (_, i) => [`label_${i}`, 'é'.repeat(1600)] as const),
);

function identify(name: string) {
  return { apiVersion: API_VERSION, kind: 'ScrapeTarget', metadata: { name, namespace: 'demo' } };
}

async function applyTarget(name: string, labels: object = {}): Promise<void> {
  await house.admin.apply({ ...identify(name), spec: { url: `http://${name}.example`, labels } });
}

function accepted(name: string): string {
  const condition = conditionOf(house.server.objects.get('ScrapeTarget', 'demo', name), 'Accepted');
  return `${condition?.status} ${condition?.reason}`;
}

async function waitForAccepted(name: string, wanted: string): Promise<void> {
  await waitFor(`${name} to be ${wanted}`, () => accepted(name) === wanted).catch((error: unknown) => {
    throw new Error(`${(error as Error).message}: it is ${accepted(name)}`);
  });
}

/** What the checker reads, and how much of it there is. */
function readList(): { readonly names: readonly string[]; readonly bytes: number } {
  const { data = {} } = (house.server.objects.get('ConfigMap', 'demo', 'daywatch-checker') ?? {}) as {
    readonly data?: Readonly<Record<string, string>>;
  };
  const text = data['checker.yaml'] ?? '{"targets":[]}';
  const { targets } = JSON.parse(text) as { readonly targets: readonly { readonly name: string }[] };
  return { names: targets.map(({ name }) => name), bytes: Buffer.byteLength(text) };
}

describe('more targets than a ConfigMap holds', () => {
  it('should leave out the newest that do not fit, say so of them, and harm no other', async () => {
    house.startOperator();
    await applyDaywatch(house, { version: '0.1.0' });
    await waitForVersion(house, '0.1.0');
    const names = Array.from({ length: 12 }, (_, i) => `heavy-${String(i).padStart(2, '0')}`);
    for (const name of names) await applyTarget(name, HEAVY_LABELS);
    for (const name of names.slice(0, 9)) await waitForAccepted(name, 'True Listed');
    for (const name of names.slice(10)) await waitForAccepted(name, 'False NoRoom');

    await applyTarget('light');
    await waitForAccepted('light', 'True Listed');
    await waitFor('the checker to be told', () => readList().names.includes('scrapetarget/light'));
    expect(readList().names).not.toContain('scrapetarget/heavy-11');
    expect(readList().bytes).toBeLessThanOrEqual(1024 * 1024);
    expect(conditionOf(readDaywatch(house), 'Degraded')).toMatchObject({ status: 'False' });
    await house.expectQuiet();

    const { status } = house.server.objects.get('ScrapeTarget', 'demo', 'heavy-11') as {
      readonly status?: TargetStatus;
    };
    expect(status?.targets).toBe(0);
    await house.admin.remove(identify('heavy-00'));
    await house.admin.remove(identify('heavy-01'));
    await waitForAccepted('heavy-10', 'True Listed');
    await waitFor('the checker to be told', () => readList().names.includes('scrapetarget/heavy-10'));
  });

  it('should refuse a configuration that no ConfigMap holds, with everything as it was', async () => {
    house.startOperator();
    await applyDaywatch(house, { version: '0.1.0' });
    await waitForVersion(house, '0.1.0');
    const targets = Array.from({ length: 12 }, (_, i) => ({
      name: `own-${i}`,
      url: `http://own-${i}.example`,
      labels: HEAVY_LABELS,
    }));
    await applyDaywatch(house, { version: '0.1.0', parts: { checker: { configuration: { targets } } } });
    await waitFor('it to be refused', () => conditionOf(readDaywatch(house), 'Degraded')?.status === 'True');
    expect(conditionOf(readDaywatch(house), 'Degraded')).toMatchObject({
      reason: 'InvalidSpecification',
      message: expect.stringMatching(
        /^spec\.parts\.checker\.configuration: makes a file of \d+ bytes; a ConfigMap holds 1048576 at most$/,
      ) as string,
    });
    expect(conditionOf(readDaywatch(house), 'Available')).toMatchObject({ status: 'True' });
    expect(readList().names).not.toContain('own-0');
  });
});
