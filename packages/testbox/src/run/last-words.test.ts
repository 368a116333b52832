import { describe, expect, it } from 'vitest';
import { describeLastWords } from './last-words.ts';

describe('the last words of a container', () => {
  it('should be nothing where it runs and has said nothing', () => {
    expect(describeLastWords({ name: 'box', exitCode: undefined, lines: [] })).toEqual([]);
  });

  it('should say that it has ended, even without a word', () => {
    expect(describeLastWords({ name: 'box', exitCode: 3, lines: [] })).toEqual([
      'box: the container has ended with code 3',
      'box’s log is empty',
    ]);
  });
});
