import { useQuery } from '@tanstack/react-query';
import { useText } from '../../i18n/text.ts';
import { useFormat } from '../../settings/use-format.ts';
import type { Span } from '../../time/span.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { explainError } from '../changes/explain-error.ts';
import { draftOfEdited, loadEdited, type Edited, type Scope } from '../changes/edited.ts';
import { findStored } from '../changes/find-stored.ts';
import { flushDeletesOf } from '../changes/pending-deletes.ts';
import type { Wish } from '../changes/use-changes.ts';
import { settleWrites } from '../changes/write-queue.ts';
import type { Item } from '../item.ts';
import { newDraft, timesOf } from './draft.ts';
import { EventForm } from './event-form.tsx';

interface EventDialogProps {
  readonly what:
    | { readonly kind: 'new'; readonly span: Span }
    | { readonly kind: 'edit'; readonly item: Item; readonly wish?: Wish };
  readonly defaultCalendarId: string;
  readonly onClose: () => void;
  readonly onDelete: (item: Item, scope: Scope) => void;
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
          onDelete={(scope) => onDelete(what.item, scope)}
        />
      )}
    </Dialog>
  );
}

interface ExistingEventProps {
  readonly item: Item;
  /** Where it was to be moved, and could not. */
  readonly wish: Wish | undefined;
  readonly onDone: () => void;
  readonly onDelete: (scope: Scope) => void;
}

function ExistingEvent({ item, wish, onDone, onDelete }: ExistingEventProps) {
  const text = useText();
  const { data: edited, error } = useQuery({
    // Asked anew each time: what is edited must be the version of now, with its etag.
    queryKey: ['edited-event', item.key],
    queryFn: () => loadSettled(item),
    gcTime: 0,
    staleTime: Infinity,
  });
  if (error) return <p role="alert">{explainError(error, text)}</p>;
  if (!edited) return <p className="form-loading">{text.loading}</p>;
  const stored = draftOfEdited(edited);
  return (
    <EventForm
      draft={wish ? { ...stored, ...timesOf(wish.span, stored.zone) } : stored}
      existing={edited}
      wish={wish}
      onDone={onDone}
      onDelete={onDelete}
    />
  );
}

/** Only what is left of an event when all that was done to it before has been stored is to be changed. */
async function loadSettled(item: Item): Promise<Edited> {
  await flushDeletesOf(item.eventId);
  await settleWrites();
  return loadEdited(await findStored(item));
}
