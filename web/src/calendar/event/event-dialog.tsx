import { useQuery } from '@tanstack/react-query';
import type { Event as CalendarEvent } from '../../api/generated.ts';
import { useText } from '../../i18n/text.ts';
import { useFormat } from '../../settings/use-format.ts';
import type { Span } from '../../time/span.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { explainError } from '../changes/explain-error.ts';
import { readEvent } from '../changes/event-requests.ts';
import type { Item } from '../item.ts';
import { draftOf, newDraft, timesOf } from './draft.ts';
import { EventForm } from './event-form.tsx';

interface EventDialogProps {
  readonly what:
    | { readonly kind: 'new'; readonly span: Span }
    | { readonly kind: 'edit'; readonly item: Item; readonly wish?: Span };
  readonly defaultCalendarId: string;
  readonly onClose: () => void;
  readonly onDelete: (item: Item) => void;
}

/** Where an event is made, read and changed. */
export function EventDialog({ what, defaultCalendarId, onClose, onDelete }: EventDialogProps) {
  const text = useText();
  const { zone } = useFormat();
  const title = what.kind === 'new' ? text.newEvent : text.editEvent;
  return (
    <Dialog title={title} onClose={onClose} className="event-dialog">
      {what.kind === 'new' ? (
        <EventForm draft={newDraft(what.span, zone, defaultCalendarId)} onDone={onClose} />
      ) : (
        <ExistingEvent
          item={what.item}
          wish={what.wish}
          onDone={onClose}
          onDelete={() => onDelete(what.item)}
        />
      )}
    </Dialog>
  );
}

interface ExistingEventProps {
  readonly item: Item;
  /** Where it was to be moved, and could not. */
  readonly wish: Span | undefined;
  readonly onDone: () => void;
  readonly onDelete: () => void;
}

function ExistingEvent({ item, wish, onDone, onDelete }: ExistingEventProps) {
  const text = useText();
  const { data: event, error } = useQuery({
    // Asked anew each time: what is edited must be the version of now, with its etag.
    queryKey: ['edited-event', item.key],
    queryFn: () => readEvent(item),
    gcTime: 0,
    staleTime: Infinity,
  });
  if (error) return <p role="alert">{explainError(error, text)}</p>;
  if (!event) return <p className="form-loading">{text.loading}</p>;
  const stored = draftOf(event);
  const draft = wish ? { ...stored, ...timesOf(wish, stored.zone) } : stored;
  const existing: { item: Item; event: CalendarEvent } = { item, event };
  return (
    <EventForm
      draft={draft}
      existing={existing}
      startsTaken={wish !== undefined}
      onDone={onDone}
      onDelete={onDelete}
    />
  );
}
