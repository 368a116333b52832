import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { useText } from '../../i18n/text.ts';
import { Icon } from '../../ui/icon.tsx';
import { complete, findSlot, rank, type Slot } from './suggest.ts';
import { useChoices } from './use-choices.ts';

interface SelectorFieldProps {
  readonly selector: string;
  /** Shown as the colour of its lines. */
  readonly number: number;
  readonly onChange: (selector: string) => void;
  readonly onRemove: (() => void) | undefined;
}

/** A selector, typed with completion: names, then labels, then their values. It is asked for with Enter, or when left. */
export function SelectorField({ selector, number, onChange, onRemove }: SelectorFieldProps) {
  const { monitor: text } = useText();
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const [typed, setTyped] = useState(selector);
  const [known, setKnown] = useState(selector);
  // It was changed from elsewhere: by going back, or because another before it was removed.
  if (known !== selector) {
    setKnown(selector);
    setTyped(selector);
  }
  const [slot, setSlot] = useState<Slot>();
  const [active, setActive] = useState(-1);
  const offered = useChoices(slot);
  const choices = slot ? rank(offered, slot.typed) : [];
  const isOpen = choices.length > 0 && !(choices.length === 1 && choices[0] === slot?.typed);

  const look = (): void => {
    const field = input.current;
    if (!field) return;
    setSlot(findSlot(field.value, field.selectionStart ?? field.value.length));
    setActive(-1);
  };
  const send = (value: string): void => {
    setSlot(undefined);
    if (value.trim() !== selector) onChange(value.trim());
  };
  const choose = (choice: string): void => {
    if (!slot) return;
    const { text: completed, cursor } = complete(typed, slot, choice);
    setTyped(completed);
    // The field has the text only when it is drawn again.
    requestAnimationFrame(() => {
      input.current?.setSelectionRange(cursor, cursor);
      look();
    });
    if (slot.kind !== 'label') onChange(completed.trim());
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && isOpen) {
      setActive((active + step + choices.length) % choices.length);
    } else if (event.key === 'Enter') {
      const choice = choices[active];
      if (isOpen && choice !== undefined) choose(choice);
      else send(typed);
    } else if (event.key === 'Escape' && isOpen) setSlot(undefined);
    else return;
    event.preventDefault();
  };
  return (
    <div className="selector">
      <span className="line-colour" data-colour={number} aria-hidden="true" />
      <input
        ref={input}
        role="combobox"
        aria-label={text.selector(number + 1)}
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && active >= 0 ? `${listId}-${active}` : undefined}
        className="selector-input"
        value={typed}
        placeholder={text.selectorHint}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setTyped(event.target.value);
          look();
        }}
        onFocus={look}
        onClick={look}
        onBlur={() => send(typed)}
        onKeyDown={onKeyDown}
      />
      {onRemove && (
        <button
          type="button"
          className="icon-button"
          aria-label={text.removeSelector(number + 1)}
          onClick={onRemove}
        >
          <Icon name="close" />
        </button>
      )}
      <div id={listId} role="listbox" aria-label={text.choices} className="choices" hidden={!isOpen}>
        {isOpen &&
          choices.map((choice, i) => (
            // The field has the keys: see aria-activedescendant.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
            <div
              key={choice}
              id={`${listId}-${i}`}
              role="option"
              aria-selected={i === active}
              tabIndex={-1}
              // The field keeps the focus.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => choose(choice)}
            >
              {choice}
            </div>
          ))}
      </div>
    </div>
  );
}
