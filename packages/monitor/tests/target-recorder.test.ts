import { ScrapeParser } from '@daywatch/exposition';
import { CELL, formatLabels } from '@daywatch/series';
import { describe, expect, it } from 'vitest';
import { parseTargets } from '../src/adapters/config/index.ts';
import { TargetRecorder, type CheckRun, type Reading, type TargetSettings } from '../src/index.ts';

describe('the recorder of a target', () => {
  it('should keep one list of series while they stay the same, and give each its value', () => {
    const { read } = startRecorder();

    const [first] = read('a 1\nb{x="1"} 2\n');
    const [second] = read('a 3\nb{x="1"} 4\n');

    expect(shown(second)).toEqual({ a: 3, 'b{x="1"}': 4 });
    expect(second?.series).toBe(first?.series);
    expect(second?.source).toEqual({
      key: 'target shop',
      labels: [
        ['instance', 'shop.example:80'],
        ['job', 'shop'],
      ],
    });
    expect(second?.summary).toEqual({ isUp: true, durationSeconds: 0.25, samples: 2 });
  });

  it('should mark the end of a series once, and keep its place while it is missing', () => {
    const { read } = startRecorder();

    const [both] = read('a 1\nb 2\n');
    const [one] = read('a 1\n');
    const [stillOne] = read('a 1\n');
    const [again] = read('a 1\nb 5\n');

    expect(shown(one)).toEqual({ a: 1, b: 'stale' });
    expect(shown(stillOne)).toEqual({ a: 1, b: 'absent' });
    expect(shown(again)).toEqual({ a: 1, b: 5 });
    expect(again?.series).toBe(both?.series);
  });

  it('should make a new list only for a series that is new, and mark there what ends', () => {
    const { read } = startRecorder();

    read('a 1\nb 2\nc 3\n');
    read('a 1\nb 2\n');
    const [grown] = read('a 1\nd 4\n');
    const [after] = read('d 4\na 1\n');

    expect(shown(grown)).toEqual({ a: 1, d: 4, b: 'stale' });
    expect(shown(after)).toEqual({ a: 1, d: 4, b: 'absent' });
    expect(after?.series).toBe(grown?.series);
  });

  it('should say of a target that is down that all its series end, and go on when it is back', () => {
    const { read, fail } = startRecorder();

    read('a 1\n');
    const [down] = fail('nobody answers');
    const [stillDown] = fail('nobody answers');
    const [back] = read('a 2\n');

    expect(shown(down)).toEqual({ a: 'stale' });
    expect(down?.summary).toEqual({ isUp: false, durationSeconds: 0.25, samples: 0 });
    expect(shown(stillDown)).toEqual({ a: 'absent' });
    expect(shown(back)).toEqual({ a: 2 });
  });

  it('should say nothing of a target that the checker itself failed to read', () => {
    const { read, recorder } = startRecorder();
    read('a 1\n');

    const finding = recorder.record({
      ...run(9),
      status: 'unknown',
      reason: 'the checker was held up',
      metrics: { kind: 'failed', reason: 'the checker was held up', isDoubtful: true },
    });

    expect(finding.readings).toEqual([]);
    expect(finding.result).toMatchObject({ status: 'unknown' });
  });

  it('should end every series when the target is watched no longer, those of the checker included', () => {
    const { read, recorder } = startRecorder();
    read('a 1\nb 2\n');
    read('a 1\n');

    const { readings } = recorder.end(1);

    expect(readings.map(shown)).toEqual([
      { a: 'stale', up: 'stale', scrape_duration_seconds: 'stale', scrape_samples_scraped: 'stale' },
    ]);
    expect(readings[0]?.atMs).toBeGreaterThan(2000);
    expect(new TargetRecorder(recorder.settings).end(1).readings).toEqual([]);
  });

  it('should refuse what stands twice and what is reserved, and count it', () => {
    const { recorder } = startRecorder();

    const finding = recorder.record(run(1, 'a 1\na 2\nup 5\nscrape_samples_scraped{x="1"} 6\n'));

    expect(finding.readings.map(shown)).toEqual([{ a: 1, 'scrape_samples_scraped{x="1"}': 6 }]);
    expect(finding.report?.scrape).toEqual({ kind: 'read', samples: 4, refused: 2 });
  });

  it('should rename labels that clash with those of the target, unless they are honoured', () => {
    const text = 'a{job="own",x="1"} 1\n';

    const [renamed] = startRecorder().read(text);
    const [honoured] = startRecorder({ honor_labels: true }).read(text);

    expect(shown(renamed)).toEqual({ 'a{exported_job="own",x="1"}': 1 });
    expect(shown(honoured)).toEqual({ 'a{job="own",x="1"}': 1 });
  });

  it('should store samples under times of their own, and each once', () => {
    const { read } = startRecorder();

    const first = read('a 1\nb 2 5000\nc 3 4000\n', 6);
    const second = read('a 1\nb 2 5000\nc 4 6000\n', 7);

    expect(first.map((reading) => [reading.source.key, reading.atMs, shown(reading)])).toEqual([
      ['target shop', 6000, { a: 1 }],
      ['target shop times 0', 4000, { c: 3 }],
      ['target shop times 0', 5000, { b: 2 }],
    ]);
    expect(second.map((reading) => [reading.atMs, shown(reading)])).toEqual([
      [7000, { a: 1 }],
      [6000, { c: 4 }],
    ]);
  });

  it('should store a sample whose time is older than that of another', () => {
    const { read } = startRecorder();

    read('b 2 5000\nc 3 4000\n', 6);
    const later = read('b 2 5000\nc 4 4500\n', 7);

    expect(later.at(-1)).toMatchObject({ source: { key: 'target shop times 1' }, atMs: 4500 });
  });

  it('should take no notice of times where they are not to be honoured', () => {
    const { read } = startRecorder({ honor_timestamps: false });

    expect(read('a 1 5000\n', 9).map((reading) => [reading.atMs, shown(reading)])).toEqual([
      [9000, { a: 1 }],
    ]);
  });

  it('should refuse times that no live target has, and count them', () => {
    const { recorder } = startRecorder();
    const nowMs = Date.UTC(2030, 0, 1);

    const finding = recorder.record({
      ...run(0, `a 1 1000\nb 2 ${nowMs + 3_600_000}\nc 3 ${nowMs}\n`),
      atMs: nowMs,
    });

    expect(finding.readings.slice(1).map(shown)).toEqual([{ c: 3 }]);
    expect(finding.report?.scrape).toMatchObject({ refused: 2 });
  });

  it('should fail a scrape whose labels no store takes, with a reason', () => {
    const { recorder } = startRecorder();

    const finding = recorder.record(run(1, 'a{x="\0"} 1\n'));

    expect(finding.report?.scrape).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining("label 'x'") as string,
    });
    expect(finding.readings[0]?.summary).toMatchObject({ isUp: false });
  });

  it('should make texts of a target such that every store takes them', () => {
    const { recorder } = startRecorder();

    const { result } = recorder.record({
      ...run(1, 'a 1\n'),
      status: 'fail',
      reason: `it says \0 and \ud800${'!'.repeat(2000)}`,
    });

    expect(result?.reason).toMatch(/^it says \ufffd and \ufffd!+…$/);
    expect(result?.reason?.length).toBeLessThan(1100);
  });

  it('should not blame a target of HTTP checks for the up that the check makes', () => {
    const settings = parse({ name: 'page', kind: 'http', url: 'http://page.example' });

    const finding = new TargetRecorder(settings).record(
      run(1, 'request_duration_seconds{domain="page"} 0.5\nup 1\n'),
    );

    expect(finding.readings.map(shown)).toEqual([{ 'request_duration_seconds{domain="page"}': 0.5 }]);
    expect(finding.report?.scrape).toMatchObject({ refused: 0 });
  });
});

function startRecorder(options: object = {}) {
  const recorder = new TargetRecorder(parse({ name: 'shop', url: 'http://shop.example', ...options }));
  const parser = new ScrapeParser();
  let second = 0;
  return {
    recorder,
    read: (text: string, at = ++second): readonly Reading[] =>
      recorder.record(run(at, text, parser)).readings,
    fail: (reason: string): readonly Reading[] =>
      recorder.record({ ...run(++second), status: 'fail', reason, metrics: { kind: 'failed', reason } })
        .readings,
  };
}

function parse(entry: object): TargetSettings {
  return parseTargets([entry], { readFile: () => '' })[0] as TargetSettings;
}

function run(second: number, text = '', parser = new ScrapeParser()): CheckRun {
  return {
    targetId: 'shop',
    domain: 'shop',
    atMs: second * 1000,
    delayMs: 0,
    durationMs: 250,
    status: 'pass',
    reason: undefined,
    metrics: { kind: 'read', isUp: true, scrape: parser.parse(new TextEncoder().encode(text), 'text') },
  };
}

/** A reading as people would write it down. */
function shown(reading: Reading | undefined): Record<string, number | string> {
  const names = { [CELL.stale]: 'stale', [CELL.absent]: 'absent' } as Record<number, string>;
  return Object.fromEntries(
    (reading?.series ?? []).map((labels, i) => [
      formatLabels(labels),
      names[reading?.states?.[i] ?? CELL.value] ?? (reading?.values[i] as number),
    ]),
  );
}
