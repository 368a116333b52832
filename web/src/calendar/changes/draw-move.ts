import type { QueryClient } from '@tanstack/react-query';
import { followSpan, type Span } from '../../time/span.ts';
import type { Item, ItemMove } from '../item.ts';
import { isInScope, type Scope } from './edited.ts';
import { mapItems } from './item-cache.ts';

interface Move {
  readonly item: Item;
  /** Where it is to be. */
  readonly span: Span;
  readonly scope: Scope;
  readonly eventId: ItemMove['eventId'];
}

/**
 * Draws an item, and what of its series moves with it, where the server will have them.
 * @returns what puts them back.
 */
export function drawMove(client: QueryClient, { item, span, scope, eventId }: Move): () => void {
  const isOfSeries = item.isRecurring && scope !== 'this';
  const moved = (before: Item): Item => ({
    ...before,
    span: before.key === item.key ? span : followSpan(before.span, item.span, span, item.timeZone),
    move: { before, isOfSeries, eventId },
  });
  mapItems(client, (other) => (isInScope(scope, item, other) ? moved(other) : other));
  return () => mapItems(client, (other) => (other.move?.eventId === eventId ? other.move.before : other));
}
