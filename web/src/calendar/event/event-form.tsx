import { useEffect, useRef, type FormEvent } from 'react';
import { useCalendars } from '../../api/use-calendars.ts';
import { useText } from '../../i18n/text.ts';
import type { Edited, Scope } from '../changes/edited.ts';
import type { Wish } from '../changes/use-changes.ts';
import { ConflictPanel } from './conflict-panel.tsx';
import { draftOf, spanOf, timesOf, type Draft } from './draft.ts';
import { RepeatField } from './repeat/repeat-field.tsx';
import { ScopeField } from './scope-field.tsx';
import { RemindersField } from './reminders-field.tsx';
import { TimesField } from './times-field.tsx';
import { useDraft } from './use-draft.ts';
import { useSave } from './use-save.ts';

interface EventFormProps {
  readonly draft: Draft;
  readonly existing?: Edited;
  /** The move that was refused: it is shown with what is in its way, and nothing is saved before it is said again. */
  readonly wish?: Wish | undefined;
  readonly onDone: () => void;
  readonly onDelete?: (scope: Scope) => void;
}

/** The fields of an event. What the server refuses is shown beside what caused it, and nothing typed is lost. */
export function EventForm({ draft: first, existing, wish, onDone, onDelete }: EventFormProps) {
  const text = useText();
  const { data: calendars = [] } = useCalendars();
  const form = useDraft({ draft: first, existing, scope: wish?.scope ?? 'this' });
  const { draft, scope } = form;
  const { save, failure, isSaving, forget } = useSave({ existing, wish, onDone });
  const title = useRef<HTMLInputElement>(null);
  const change = (part: Partial<Draft>): void => {
    form.change(part);
    forget();
  };
  const repeat = (rrule: string): void => {
    form.repeat(rrule);
    forget();
  };
  const span = spanOf(draft);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void save(draft, scope);
  };
  useEffect(() => {
    if (!existing) title.current?.focus();
    // Once, when the form is opened.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  return (
    <form className="event-form" onSubmit={submit}>
      <label className="field">
        <span className="visually-hidden">{text.title}</span>
        <input
          ref={title}
          className="title-input"
          value={draft.title}
          placeholder={text.addTitle}
          required
          maxLength={200}
          autoComplete="off"
          onChange={(event) => change({ title: event.target.value })}
        />
      </label>
      <TimesField draft={draft} onChange={change} />
      {failure?.kind === 'taken' && span && (
        <ConflictPanel
          conflicts={failure.conflicts}
          wish={failure.wish}
          calendarId={draft.calendarId}
          own={existing && spanOf(draftOf(existing.event))}
          onChoose={(chosen) => change(timesOf(chosen, draft.zone))}
        />
      )}
      <RepeatField rule={form.rule} shown={form.shown} onChange={repeat} />
      <label className="field">
        <span>{text.location}</span>
        <input
          value={draft.location}
          maxLength={1000}
          autoComplete="off"
          onChange={(event) => change({ location: event.target.value })}
        />
      </label>
      <RemindersField reminders={draft.reminders} onChange={(reminders) => change({ reminders })} />
      <div className="field-row">
        <label className="field">
          <span>{text.showAs}</span>
          <select
            value={draft.isBusy ? 'busy' : 'free'}
            onChange={(event) => change({ isBusy: event.target.value === 'busy' })}
          >
            <option value="busy">{text.busy}</option>
            <option value="free">{text.free}</option>
          </select>
        </label>
        {calendars.length > 1 && (
          <label className="field">
            <span>{text.calendar}</span>
            <select
              value={draft.calendarId}
              disabled={existing !== undefined}
              onChange={(event) => change({ calendarId: event.target.value })}
            >
              {calendars.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      <label className="field">
        <span>{text.description}</span>
        <textarea
          rows={3}
          value={draft.description}
          maxLength={20_000}
          onChange={(event) => change({ description: event.target.value })}
        />
      </label>
      {failure?.kind === 'other' && (
        <p className="form-error" role="alert">
          {failure.message}
        </p>
      )}
      {existing?.series && <ScopeField scope={scope} canBeOne={form.canBeOne} onChange={form.setScope} />}
      <footer className="form-foot">
        {onDelete && (
          <button type="button" className="button danger" onClick={() => onDelete(scope)}>
            {text.delete}
          </button>
        )}
        <span className="grow" />
        <button type="button" className="button" onClick={onDone}>
          {text.cancel}
        </button>
        <button type="submit" className="button primary" disabled={isSaving || !span}>
          {text.save}
        </button>
      </footer>
    </form>
  );
}
