import { describe, expect, it } from 'vitest';
import { describeDuration, parseDurationMs } from './duration.ts';
import { nearestWord } from './nearest-word.ts';

describe('nearestWord', () => {
  it.each([
    ['queryTpye', 'queryType'],
    ['CONTAINERNAMES', 'containerName'],
    ['nmae', 'name'],
    ['url', 'url'],
    ['colour', undefined],
    ['x', undefined],
  ])('should take %s for %s', (typed, meant) => {
    expect(nearestWord(typed, ['containerName', 'queryType', 'name', 'url'])).toBe(meant);
  });
});

describe('durations', () => {
  it.each([
    ['500ms', 500],
    ['1.5s', 1_500],
    ['1h30m', 5_400_000],
    ['2m', 120_000],
    ['10', undefined],
    ['', undefined],
    ['-1s', undefined],
  ])('should read %s as %s', (text, ms) => {
    expect(parseDurationMs(text)).toBe(ms);
  });

  it.each([
    [12.4, '12 ms'],
    [2_430, '2.4 s'],
    [60_000, '1 min'],
    [185_000, '3 min 5 s'],
  ])('should tell %s as %s', (ms, text) => {
    expect(describeDuration(ms)).toBe(text);
  });
});
