/** A piece of a text with references: literal text, or what stands between `${` and `}`. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'reference'; readonly text: string }
  | { readonly kind: 'unclosed'; readonly text: string };

/** Splits `http://${db:network_address}/` into its parts. `$${` is a literal `${`. */
export function splitTemplate(template: string): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  let text = '';
  const flush = (): void => {
    if (text !== '') parts.push({ kind: 'text', text });
    text = '';
  };
  for (let i = 0; i < template.length;) {
    if (template.startsWith('$${', i)) {
      text += '${';
      i += 3;
    } else if (template.startsWith('${', i)) {
      flush();
      const end = template.indexOf('}', i);
      if (end < 0) return [...parts, { kind: 'unclosed', text: template.slice(i + 2) }];
      parts.push({ kind: 'reference', text: template.slice(i + 2, end).trim() });
      i = end + 1;
    } else {
      text += template[i];
      i++;
    }
  }
  flush();
  return parts;
}

/** Gives what a reference stands for; undefined where it is not known (yet). */
export type Lookup = (reference: string) => string | undefined;

/** Replaces the references of a text. One that is not known stays as it is written: the parser has refused it. */
export function expandText(template: string, lookup: Lookup): string {
  return splitTemplate(template)
    .map(({ kind, text }) => {
      if (kind === 'text') return text;
      return kind === 'reference' ? (lookup(text) ?? `\${${text}}`) : `\${${text}`;
    })
    .join('');
}

/** The same for every text inside a value of JSON; keys stay as they are. */
export function expandDeep<T>(value: T, lookup: Lookup): T {
  if (typeof value === 'string') return expandText(value, lookup) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => expandDeep(item, lookup)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, expandDeep(item as unknown, lookup)]),
  ) as T;
}
