import {
  API_VERSION,
  applyDefaults,
  scrapeTargetSpecSchema,
  type ScrapeTarget,
  type TargetStatus,
} from '@daywatch/installation';
import { describe, expect, it } from 'vitest';
import { describeTargetStatus } from './describe-target-status.ts';
import type { Resolution } from './resolve-target.ts';
import type { Standing } from './standing.ts';

const NAME = 'scrapetarget/node';
const URL = 'http://node.example';
const RESOURCE: ScrapeTarget = {
  apiVersion: API_VERSION,
  kind: 'ScrapeTarget',
  metadata: { name: 'node', namespace: 'demo', generation: 1 },
  spec: applyDefaults(scrapeTargetSpecSchema.json, { url: URL }) as ScrapeTarget['spec'],
};
const RESOLUTION: Resolution = {
  kind: 'accepted',
  endpoints: [{ name: NAME, url: URL, labels: {} }],
  entries: [],
  notes: [],
  bytes: 0,
};
const SLOW: Standing = {
  name: NAME,
  result: 'warn',
  error: 'the answer took 512 ms; expected is less than 500 ms',
  checker: 'checker-1',
  since: '2030-01-01T00:00:00Z',
  lastCheck: '2030-01-01T00:00:05Z',
};

function say(standing: Standing, status?: TargetStatus): TargetStatus {
  const resource = status === undefined ? RESOURCE : { ...RESOURCE, status };
  const standings = { kind: 'known', byName: new Map([[NAME, standing]]) } as const;
  return describeTargetStatus(resource, { resolution: RESOLUTION, standings, nowMs: 0 });
}

describe('the status of a target', () => {
  it('should stay when only how long the check took is another, and when it was', () => {
    const before = say(SLOW);
    const error = 'the answer took 613 ms; expected is less than 500 ms';
    expect(say({ ...SLOW, error, lastCheck: '2030-01-01T00:00:35Z' }, before)).toEqual(before);
  });

  it.each([
    ['another result', { result: 'fail' }],
    ['another reason', { error: 'connection refused' }],
    ['another checker', { checker: 'checker-2' }],
    ['a later beginning', { since: '2030-01-01T00:01:00Z' }],
  ] as const)('should tell %s, with the time of that check', (_, news) => {
    const before = say(SLOW);
    const after = say({ ...SLOW, ...news, lastCheck: '2030-01-01T00:00:35Z' }, before);
    expect(after).not.toEqual(before);
    expect(after.endpoints?.[0]?.lastCheck).toBe('2030-01-01T00:00:35Z');
  });
});
