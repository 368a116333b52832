const formats = new Map<string, Intl.NumberFormat>();

/** Spells a value of a series in few characters: `1.5M`, `0.0031`, `-0`. */
export function formatValue(value: number | null | undefined, locale: string): string {
  if (value === null || value === undefined) return '';
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  const size = Math.abs(value);
  if (size !== 0 && size < 0.0001) return value.toExponential(2);
  let format = formats.get(locale);
  if (!format) {
    format = new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 4 });
    formats.set(locale, format);
  }
  return format.format(value);
}
