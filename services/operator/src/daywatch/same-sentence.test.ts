import { describe, expect, it } from 'vitest';
import { isSameSentence } from './same-sentence.ts';

describe('two sentences', () => {
  it.each([
    [
      'the answer took 512 ms; expected is less than 500 ms',
      'the answer took 1034 ms; expected is less than 500 ms',
    ],
    ['back-off 1m20s restarting failed container', 'back-off 5m0s restarting failed container'],
    ['no answer within 1.5s', 'no answer within 2s'],
  ])('should be the same but for how long something took: %s', (a, b) => {
    expect(isSameSentence(a, b)).toBe(true);
  });

  it.each([
    ['the status is 500', 'the status is 503'],
    ['10.0.0.1 refuses', '10.0.0.2 refuses'],
    ['the answer took 512 ms', 'no answer within 512 ms'],
    ['5 models', '6 models'],
    ['failed', undefined],
  ])('should be different for anything else: %s', (a, b) => {
    expect(isSameSentence(a, b)).toBe(false);
  });
});
