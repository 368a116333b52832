import { useLayoutEffect, type RefObject } from 'react';

/** The event that a key was last pressed at: what became of it may have been asked in a dialog. */
let pressed: HTMLElement | undefined;

/** A key moves or deletes an event: it will be drawn anew elsewhere, or be gone. */
export function keepFocus(chip: HTMLElement): void {
  pressed = chip;
}

/**
 * Hands the focus on when an event that has it is drawn no more: to the same event where that is drawn now, under
 * another key too, and otherwise to its day. The browser would leave it to nobody.
 */
export function useFocusHeir(ref: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const chip = ref.current;
    return () => {
      const { activeElement } = document;
      const hasFocus = chip === activeElement || (chip === pressed && activeElement?.closest('dialog'));
      if (chip && hasFocus) handOn(chip);
    };
  }, [ref]);
}

function handOn(chip: HTMLElement): void {
  const day = chip.closest<HTMLElement>('.month-day');
  const key = chip.dataset['item'];
  const label = chip.getAttribute('aria-label');
  // When all that changes with it has been drawn.
  queueMicrotask(() => {
    if (document.activeElement !== null && document.activeElement !== document.body) return;
    const chips = Array.from(document.querySelectorAll<HTMLElement>('.chip'));
    const heir =
      chips.find(({ dataset }) => dataset['item'] === key) ??
      chips.find((other) => other.getAttribute('aria-label') === label) ??
      (day?.isConnected === true ? day : document.querySelector<HTMLElement>('.keyboard-cursor'));
    heir?.focus();
  });
}
