import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findLeftOut, type Claim } from './fit-targets.ts';
import { TargetRooms } from './target-rooms.ts';

const HOME = { namespace: 'demo', name: 'daywatch' };

/** An installation with room for 1,000 bytes, and what each resource of it takes. */
function openRooms() {
  const bytes = new Map<string, number>();
  const state = { room: 1000 };
  const asked: string[] = [];
  const news: string[] = [];
  const claim = (key: string): Claim => ({ key, createdAt: '', bytes: bytes.get(key) ?? 0 });
  const rooms = new TargetRooms({
    keysOf: () => bytes.keys(),
    claimOf: (key) => {
      asked.push(key);
      return bytes.has(key) ? claim(key) : undefined;
    },
    roomOf: () => state.room,
    onNews: (key) => news.push(key),
  });
  const put = (key: string, size: number): void => {
    bytes.set(key, size);
    rooms.change(HOME, key);
  };
  const remove = (key: string): void => {
    bytes.delete(key);
    rooms.remove(HOME, key);
  };
  const workOutAnew = (): readonly string[] => [...findLeftOut([...bytes.keys()].map(claim), state.room)];
  return { rooms, state, asked, news, put, remove, workOutAnew };
}

describe('the room for targets', () => {
  it('should be asked for by those alone that have changed', () => {
    const { rooms, asked, put } = openRooms();
    for (let i = 0; i < 100; i++) put(`st/${i}`, 5);
    rooms.leftOutOf(HOME);
    expect(asked).toHaveLength(100);
    put('st/7', 6);
    rooms.leftOutOf(HOME);
    rooms.leftOutOf(HOME);
    expect(asked.slice(100)).toEqual(['st/7']);
  });

  it('should tell who has lost it, and who has found it again', () => {
    const { rooms, state, news, put, remove } = openRooms();
    put('a', 600);
    put('b', 600);
    expect([...rooms.leftOutOf(HOME)]).toEqual(['b']);
    expect(news.splice(0)).toEqual(['b']);
    remove('a');
    expect([...rooms.leftOutOf(HOME)]).toEqual([]);
    expect(news.splice(0)).toEqual(['b']);
    state.room = 500;
    rooms.resize(HOME);
    expect([...rooms.leftOutOf(HOME)]).toEqual(['b']);
    expect(news).toEqual(['b']);
  });

  it('should always come to what working it out for all of them anew comes to', () => {
    const key = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const step = fc.oneof(
      fc.record({ kind: fc.constant('put' as const), key, bytes: fc.integer({ min: 0, max: 700 }) }),
      fc.record({ kind: fc.constant('remove' as const), key }),
      fc.record({ kind: fc.constant('resize' as const), bytes: fc.integer({ min: 0, max: 2000 }) }),
      fc.record({ kind: fc.constant('ask' as const) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const { rooms, state, put, remove, workOutAnew } = openRooms();
        for (const each of steps) {
          if (each.kind === 'put') put(each.key, each.bytes);
          else if (each.kind === 'remove') remove(each.key);
          else if (each.kind === 'ask') rooms.leftOutOf(HOME);
          else {
            state.room = each.bytes;
            rooms.resize(HOME);
          }
        }
        expect([...rooms.leftOutOf(HOME)].sort()).toEqual(workOutAnew().toSorted());
      }),
    );
  });
});
