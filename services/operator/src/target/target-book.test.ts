import {
  API_VERSION,
  applyDefaults,
  daywatchSpecSchema,
  scrapeTargetSpecSchema,
  type Daywatch,
  type ScrapeTarget,
} from '@daywatch/installation';
import { describe, expect, it } from 'vitest';
import { createHandInformer } from '../../tests/_support/hand-informer.ts';
import { ClusterError } from '../cluster/cluster-error.ts';
import type { KubeObject } from '../cluster/kube-object.ts';
import type { LivePod, LiveService } from '../cluster/live-objects.ts';
import { TargetBook } from './target-book.ts';

const DAYWATCH: Daywatch = {
  apiVersion: API_VERSION,
  kind: 'Daywatch',
  metadata: { name: 'daywatch', namespace: 'demo', uid: 'uid-0', generation: 1 },
  spec: applyDefaults(daywatchSpecSchema.json, { version: '0.1.0' }) as Daywatch['spec'],
};

function target(url: string, metadata: object = {}): ScrapeTarget {
  return {
    apiVersion: API_VERSION,
    kind: 'ScrapeTarget',
    metadata: { name: 'node', namespace: 'demo', uid: 'uid-1', generation: 1, ...metadata },
    spec: applyDefaults(scrapeTargetSpecSchema.json, { url }) as ScrapeTarget['spec'],
  };
}

const TARGET = target('http://node.example');

function configureChecker(configuration: object): Daywatch {
  const { metadata, spec } = DAYWATCH;
  return {
    ...DAYWATCH,
    metadata: { ...metadata, generation: 2 },
    spec: {
      ...spec,
      parts: { ...spec.parts, checker: { enabled: true, configuration } },
    } as Daywatch['spec'],
  };
}

function openBook() {
  const informers = {
    daywatches: createHandInformer<KubeObject>('daywatches'),
    scrapetargets: createHandInformer<KubeObject>('scrapetargets'),
    healthchecks: createHandInformer<KubeObject>('healthchecks'),
    services: createHandInformer<LiveService>('services'),
    pods: createHandInformer<LivePod>('pods'),
  };
  const book = new TargetBook(informers);
  const told: string[] = [];
  book.onChange(({ name }) => told.push(name));
  informers.daywatches.put(DAYWATCH);
  informers.scrapetargets.put(TARGET);
  const urlsOf = (): readonly unknown[] =>
    book.entriesOf({ namespace: 'demo', name: 'daywatch' }).map(({ url }) => url);
  urlsOf();
  told.length = 0;
  return { ...informers, book, told, urlsOf };
}

describe('the book of targets', () => {
  it('should hold to what it knows of a target of which only something else is said', () => {
    const { scrapetargets, book, told } = openBook();
    const before = book.resolve(TARGET);
    scrapetargets.put({
      ...TARGET,
      metadata: { ...TARGET.metadata, resourceVersion: '2' },
      status: {},
    } as never);
    expect(told).toEqual([]);
    expect(book.resolve(TARGET)).toBe(before);
  });

  it.each([
    ['is specified anew', target('http://other.example', { generation: 2 })],
    ['was made anew under its name', target('http://other.example', { uid: 'uid-2' })],
  ])('should tell of a target that %s', (_, changed) => {
    const { scrapetargets, told, urlsOf } = openBook();
    scrapetargets.put(changed);
    expect(new Set(told)).toEqual(new Set(['node']));
    expect(urlsOf()).toEqual(['http://other.example']);
  });

  it.each([
    ['is being deleted', { generation: 2, deletionTimestamp: '2030-01-01T00:00:00Z' }, TARGET.spec],
    ['is of another installation now', { generation: 2 }, { ...TARGET.spec, installation: 'other' }],
  ])('should keep a target from the checker that %s', (_, metadata, spec) => {
    const { scrapetargets, told, urlsOf } = openBook();
    scrapetargets.put({ ...target('', metadata), spec } as never);
    expect(new Set(told)).toEqual(new Set(['node']));
    expect(urlsOf()).toEqual([]);
  });

  it('should tell of what nothing was found for when it may not be looked at any more, and when it may again', () => {
    const { scrapetargets, pods, book, told } = openBook();
    const selecting = {
      ...target('', { generation: 2 }),
      spec: { ...TARGET.spec, url: undefined, pods: { matchLabels: { app: 'x' }, port: 80, scheme: 'http' } },
    } as never;
    scrapetargets.put(selecting);
    const answers = [undefined, new ClusterError('forbidden', 'forbidden: pods'), undefined].map(
      (trouble) => {
        told.length = 0;
        pods.fail(trouble);
        return [told[0], (book.resolve(selecting) as { readonly reason?: string }).reason];
      },
    );
    expect(answers).toEqual([
      ['node', 'NothingMatches'],
      ['node', 'Forbidden'],
      ['node', 'NothingMatches'],
    ]);
  });

  it.each([
    ['a key that follows from the installation', { http: { port: 80 } }],
    ['a target whose name another has', { targets: [{ name: 'daywatch-restapi', url: 'http://a.example' }] }],
  ])('should hold to what the checker has when its configuration is refused for %s', (_, configuration) => {
    const { daywatches, book, told, urlsOf } = openBook();
    daywatches.put(configureChecker(configuration));
    expect(urlsOf()).toEqual(['http://node.example']);
    expect(book.resolve(TARGET)).toMatchObject({ kind: 'accepted' });
    expect(told).toEqual([]);
  });

  it('should name the configuration among what leaves no room', () => {
    const { daywatches, book } = openBook();
    daywatches.put(configureChecker({ note: 'x'.repeat(2 ** 20) }));
    expect(book.resolve(TARGET)).toMatchObject({
      reason: 'NoRoom',
      message: expect.stringContaining('the configuration of the checker of Daywatch `daywatch`') as string,
    });
  });

  it('should hold to what was found when it may not be looked at any more', () => {
    const { services, pods, told, urlsOf } = openBook();
    for (const informer of [services, pods]) informer.fail(new ClusterError('forbidden', 'forbidden'));
    expect(told).toEqual([]);
    expect(urlsOf()).toEqual(['http://node.example']);
  });
});
