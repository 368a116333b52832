import { useQueryClient } from '@tanstack/react-query';
import type { Temporal } from 'temporal-polyfill';
import { Link } from 'wouter';
import { send } from '../../api/call-api.ts';
import { useText } from '../../i18n/text.ts';
import { VIEWS, type View } from '../../time/period.ts';
import { Icon } from '../../ui/icon.tsx';
import { explainError } from '../changes/explain-error.ts';
import { flushDeletes } from '../changes/pending-deletes.ts';
import { showToast } from '../../ui/toasts.tsx';
import { JumpField } from './jump-field.tsx';

interface ToolbarProps {
  readonly view: View;
  readonly date: Temporal.PlainDate;
  readonly today: Temporal.PlainDate;
  readonly title: string;
  readonly onStep: (steps: number) => void;
  readonly onGo: (date: Temporal.PlainDate, view?: View) => void;
  readonly onCreate: () => void;
  readonly onHelp: () => void;
  readonly onReminders: () => void;
  readonly onSettings: () => void;
}

export function Toolbar(props: ToolbarProps) {
  const { view, date, today, title, onStep, onGo } = props;
  const text = useText();
  return (
    <header className="toolbar">
      <Link href={`/${view}/${today.toString()}`} className="brand" aria-label={text.home}>
        <img src="/favicon.svg" alt="" width="24" height="24" />
        <span>Daywatch</span>
      </Link>
      <button type="button" className="button" onClick={() => onGo(today)}>
        {text.today}
      </button>
      <div className="steps">
        <button
          type="button"
          className="icon-button"
          aria-label={text.previous[view]}
          onClick={() => onStep(-1)}
        >
          <Icon name="previous" />
        </button>
        <button type="button" className="icon-button" aria-label={text.next[view]} onClick={() => onStep(1)}>
          <Icon name="next" />
        </button>
      </div>
      <h1 className="period" aria-live="polite">
        {title}
      </h1>
      <JumpField date={date} onGo={onGo} />
      <span className="grow" />
      <nav className="views" aria-label={text.views}>
        {VIEWS.map((name) => (
          <Link
            key={name}
            href={`/${name}/${date.toString()}`}
            aria-current={name === view ? 'page' : undefined}
          >
            {text.view[name]}
          </Link>
        ))}
      </nav>
      <Link href="/monitor" className="icon-button monitor-link" aria-label={text.monitorLink}>
        <Icon name="pulse" />
      </Link>
      <Link href="/search" className="icon-button search-link" aria-label={text.search}>
        <Icon name="search" />
      </Link>
      <button
        type="button"
        className="icon-button narrow-only"
        aria-label={text.reminders}
        onClick={props.onReminders}
      >
        <Icon name="bell" />
      </button>
      <button type="button" className="icon-button wide-only" aria-label={text.print} onClick={() => print()}>
        <Icon name="print" />
      </button>
      <button
        type="button"
        className="icon-button settings-link"
        aria-label={text.settings}
        onClick={props.onSettings}
      >
        <Icon name="settings" />
      </button>
      <button type="button" className="icon-button wide-only" aria-label={text.keys} onClick={props.onHelp}>
        <Icon name="help" />
      </button>
      <button
        type="button"
        className="button primary new-button"
        aria-label={text.newEvent}
        onClick={props.onCreate}
      >
        <Icon name="plus" /> <span>{text.new}</span>
      </button>
    </header>
  );
}

/** Ends the session, and shows the page that signs in. */
export function SignOutButton() {
  const text = useText();
  const client = useQueryClient();
  const signOut = async (): Promise<void> => {
    try {
      await flushDeletes();
      await send('/sign-out', { method: 'POST' });
      await client.resetQueries();
    } catch (error) {
      showToast({ text: explainError(error, text), isError: true });
    }
  };
  return (
    <button type="button" className="button" onClick={() => void signOut()}>
      {text.signOut}
    </button>
  );
}
