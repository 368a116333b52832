/** How many lines have colours of their own; further ones begin again. */
export const COLOURS = 8;

interface ChartColours {
  readonly ink: string;
  readonly line: string;
  readonly lines: readonly string[];
}

/** The colours of the page as they are now, light or dark: a canvas knows nothing of style sheets. */
export function readColours(element: HTMLElement): ChartColours {
  const style = getComputedStyle(element);
  const probe = (name: string): string => resolve(element, style.getPropertyValue(name));
  return {
    ink: probe('--ink-quiet'),
    line: probe('--line'),
    lines: Array.from({ length: COLOURS }, (_, i) => probe(`--line-${i}`)),
  };
}

/** `light-dark(…)` means nothing to a canvas: an element that has it as its colour says which of the two it is. */
function resolve(element: HTMLElement, value: string): string {
  const probe = document.createElement('span');
  probe.style.color = value;
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
