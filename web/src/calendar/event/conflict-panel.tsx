import { useQuery } from '@tanstack/react-query';
import type { Conflict } from '../../api/api-error.ts';
import { callApi } from '../../api/call-api.ts';
import { useText } from '../../i18n/text.ts';
import { useFormat } from '../../settings/use-format.ts';
import { readSpan, type Span } from '../../time/span.ts';
import { findFreeSlots, type Slot } from './free-slots.ts';

interface ConflictPanelProps {
  readonly conflicts: readonly Conflict[];
  readonly wish: Span;
  readonly calendarId: string;
  /** Where the event is now: it does not stand in its own way. */
  readonly own: Span | undefined;
  readonly onChoose: (span: Span) => void;
}

const DAYS = 14;
const DAY_MS = 86_400_000;
const SHOWN_CONFLICTS = 3;
const SHOWN_SLOTS = 4;

/** What is in the way, and the nearest free times to choose from. */
export function ConflictPanel({ conflicts, wish, calendarId, own, onChoose }: ConflictPanelProps) {
  const text = useText();
  const format = useFormat();
  const { data: slots, isPending } = useFreeSlots(wish, calendarId, own);
  const rest = conflicts.length - SHOWN_CONFLICTS;
  return (
    <div className="conflict" role="alert">
      <p className="conflict-title">{text.timeIsTakenBy}</p>
      <ul>
        {conflicts.slice(0, SHOWN_CONFLICTS).map((conflict) => (
          <ConflictLine key={`${conflict.event_id}/${conflict.recurrence_id}`} conflict={conflict} />
        ))}
        {rest > 0 && <li>{text.more(rest)}</li>}
      </ul>
      {wish.kind === 'timed' && !isPending && (
        <>
          <p>{slots && slots.length > 0 ? text.freeTimes : text.noFreeTimes}</p>
          <div className="slots">
            {slots?.map((slot) => {
              const span: Span = { kind: 'timed', ...slot };
              return (
                <button key={slot.startMs} type="button" className="slot" onClick={() => onChoose(span)}>
                  {format.fullSpan(span)}
                </button>
              );
            })}
          </div>
        </>
      )}
    </div>
  );
}

function ConflictLine({ conflict }: { readonly conflict: Conflict }) {
  const format = useFormat();
  const { data: event } = useQuery({
    queryKey: ['event', conflict.event_id],
    queryFn: ({ signal }) => callApi('GetEvent', { path: { id: conflict.event_id }, signal }),
  });
  const isAllDay = !conflict.start.includes('T');
  const span = readSpan({ start: conflict.start, end: conflict.end, all_day: isAllDay });
  return (
    <li>
      <strong>{event?.title ?? '…'}</strong> {format.fullSpan(span)}
    </li>
  );
}

function useFreeSlots(wish: Span, calendarId: string, own: Span | undefined) {
  const { zone } = useFormat();
  return useQuery({
    queryKey: ['free-slots', calendarId, wish, own, zone],
    queryFn: async ({ signal }): Promise<readonly Slot[]> => {
      if (wish.kind !== 'timed') return [];
      const query = {
        from: new Date(wish.startMs - (DAYS + 1) * DAY_MS).toISOString(),
        to: new Date(wish.endMs + (DAYS + 1) * DAY_MS).toISOString(),
        calendar_id: calendarId,
      };
      const { busy } = await callApi('QueryFreeBusy', { query, signal });
      const slots = busy.map(({ start, end }) => ({ startMs: Date.parse(start), endMs: Date.parse(end) }));
      const others = own?.kind === 'timed' ? without(slots, own) : slots;
      return findFreeSlots({ wish, busy: others, nowMs: Date.now(), zone, days: DAYS, count: SHOWN_SLOTS });
    },
    enabled: wish.kind === 'timed',
    staleTime: 0,
  });
}

function without(busy: readonly Slot[], out: Slot): readonly Slot[] {
  return busy
    .flatMap(({ startMs, endMs }) => [
      { startMs, endMs: Math.min(endMs, out.startMs) },
      { startMs: Math.max(startMs, out.endMs), endMs },
    ])
    .filter(({ startMs, endMs }) => startMs < endMs);
}
