import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { makeRoom, type Lasting } from './make-room.ts';

interface Message extends Lasting {
  readonly at: number;
}

describe('makeRoom', () => {
  it('should let what passes by make way, the oldest first', () => {
    const messages: readonly Message[] = [{ at: 1 }, { at: 2 }, { at: 3 }, { at: 4 }, { at: 5 }];
    expect(makeRoom(messages).map(({ at }) => at)).toEqual([3, 4, 5]);
  });

  it('should keep a reminder that nobody has closed, and what can still be undone', () => {
    const reminder: Message = { at: 1, stays: true };
    const deleted: Message = { at: 2, isPending: true };
    expect(makeRoom([reminder, deleted, { at: 3 }, { at: 4 }, { at: 5 }])).toEqual([
      reminder,
      deleted,
      { at: 5 },
    ]);
    expect(makeRoom([reminder, reminder, reminder, deleted])).toHaveLength(4);
  });

  it('should always show the newest, never more than can be', () => {
    const message = fc.record({ stays: fc.boolean(), isPending: fc.boolean() });
    fc.assert(
      fc.property(fc.array(message, { minLength: 1, maxLength: 60 }), (messages) => {
        const left = makeRoom(messages);
        expect(left.at(-1)).toBe(messages.at(-1));
        expect(left.length).toBeLessThanOrEqual(30);
        expect(left.filter(({ stays, isPending }) => !stays && !isPending).length).toBeLessThanOrEqual(3);
      }),
    );
  });
});
