const FREQUENCIES = { day: 'DAILY', week: 'WEEKLY', month: 'MONTHLY', year: 'YEARLY' } as const;

/** `every 2 weeks, 4 times` as a rule of RFC 5545: `FREQ=WEEKLY;INTERVAL=2;COUNT=4`. */
export function parseRhythm(text: string): string {
  const parts = /^every (?:(\d+) )?(weekday|day|week|month|year)s?(?:, (\d+) times| until (\S+))?$/.exec(
    text,
  );
  const [, interval, unit, count, until] = parts ?? [];
  const rule = [unit === 'weekday' ? 'FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR' : `FREQ=${frequencyOf(unit)}`];
  if (interval !== undefined) rule.push(`INTERVAL=${interval}`);
  if (count !== undefined) rule.push(`COUNT=${count}`);
  if (until !== undefined) rule.push(`UNTIL=${until.replaceAll('-', '')}T235959Z`);
  return rule.join(';');
}

function frequencyOf(unit: string | undefined): string {
  return FREQUENCIES[unit as keyof typeof FREQUENCIES];
}
