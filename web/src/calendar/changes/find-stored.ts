import type { Item } from '../item.ts';
import { listItems } from '../list-items.ts';
import { isSameSpan, type Span } from '../../time/span.ts';
import { ChangedElsewhere } from './explain-error.ts';

const DAY_MS = 86_400_000;

/** Whether the server may have it by another name once it has answered: it moves with its series. */
export function isBeingRenamed({ move }: Item): boolean {
  return move !== undefined && (move.isOfSeries || isBeingRenamed(move.before));
}

/**
 * What the server has of an item that is drawn, once it has answered what is on its way. An occurrence of a series that
 * was moved is named by another original start than before, or belongs to another event.
 * @throws ChangedElsewhere where the series has no occurrence there.
 */
export async function findStored(item: Item): Promise<Item> {
  if (!item.move) return item;
  const { before, eventId: answer } = item.move;
  const eventId = await answer;
  if (eventId === undefined) return findStored(before);
  if (!isBeingRenamed(item)) return { ...(await findStored(before)), span: item.span };
  const [fromMs, toMs] = boundsOf(item.span);
  const found = (await listItems(fromMs, toMs)).find(
    (other) => other.eventId === eventId && isSameSpan(other.span, item.span),
  );
  if (!found) throw new ChangedElsewhere();
  return found;
}

function boundsOf(span: Span): readonly [number, number] {
  if (span.kind === 'timed') return [span.startMs, span.endMs];
  return [span.startDay * DAY_MS, span.endDay * DAY_MS];
}
