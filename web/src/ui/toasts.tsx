import { useEffect, useRef, useSyncExternalStore } from 'react';
import { useText } from '../i18n/text.ts';
import { holdCountdowns, startCountdown } from './countdown.ts';
import { Icon, type IconName } from './icon.tsx';
import { makeRoom, type Lasting } from './make-room.ts';

export interface Toast extends Lasting {
  readonly text: string;
  readonly isError?: boolean;
  readonly icon?: IconName;
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** The single key that does what the newest message offers. */
export const ACTION_KEY = 'z';

/** Long enough to read it and to think better of it. */
export const TOAST_MS = 8000;

interface ShownToast extends Toast {
  readonly id: number;
}

let toasts: readonly ShownToast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

/** @returns what takes it away again. */
export function showToast(toast: Toast): () => void {
  const id = nextId++;
  set(makeRoom([...toasts, { ...toast, id }]));
  return () => remove(id);
}

/** Does what the newest of the messages offers that offer anything. */
export function runNewestAction(): void {
  const newest = toasts.findLast(({ action }) => action !== undefined);
  if (!newest) return;
  remove(newest.id);
  newest.action?.run();
}

/** The messages at the bottom of the page; screen readers say them. */
export function Toasts() {
  const shown = useSyncExternalStore(subscribe, () => toasts);
  const ref = useRef<HTMLDivElement>(null);
  const hold = (): void => holdWhileUsed(ref.current);
  // What is removed under the pointer, or with the focus in it, tells nobody that it was left.
  useEffect(() => holdWhileUsed(ref.current));
  return (
    // They are watched for, nothing is done by them.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={ref}
      className="toasts"
      role="status"
      aria-live="polite"
      onPointerEnter={hold}
      onPointerLeave={hold}
      onFocus={hold}
      onBlur={() => queueMicrotask(hold)}
    >
      {shown.map((toast) => (
        <ToastLine key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function holdWhileUsed(messages: HTMLElement | null): void {
  const used = messages?.querySelector('.toast:hover, .toast:focus-within');
  holdCountdowns(used instanceof Element);
}

function ToastLine({ toast }: { readonly toast: ShownToast }) {
  const text = useText();
  const { id, action, icon, isError = false, stays = false } = toast;
  useEffect(() => {
    if (stays) return undefined;
    return startCountdown(() => remove(id), TOAST_MS);
  }, [id, stays]);
  return (
    <div className="toast" data-error={isError || undefined}>
      {icon && <Icon name={icon} />}
      <span>{toast.text}</span>
      {action && (
        <button
          type="button"
          className="toast-action"
          aria-keyshortcuts={ACTION_KEY}
          onClick={() => {
            remove(id);
            action.run();
          }}
        >
          {action.label}
        </button>
      )}
      <button type="button" className="icon-button" aria-label={text.close} onClick={() => remove(id)}>
        <Icon name="close" />
      </button>
    </div>
  );
}

function remove(id: number): void {
  set(toasts.filter((toast) => toast.id !== id));
}

function set(next: readonly ShownToast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
