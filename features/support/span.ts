/** `45 minutes` as ISO 8601: `PT45M`. */
export function parseSpan(text: string): string {
  const [count, unit = ''] = text.split(' ');
  switch (unit.replace(/s$/, '')) {
    case 'minute':
      return `PT${count}M`;
    case 'hour':
      return `PT${count}H`;
    case 'day':
      return `P${count}D`;
    default:
      throw new RangeError(`'${text}' is no span; allowed are minutes, hours and days`);
  }
}
