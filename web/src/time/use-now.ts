import { useEffect, useState } from 'react';
import { Temporal } from 'temporal-polyfill';
import { inZone } from './span.ts';

const MINUTE_MS = 60_000;

/** The present, to the minute. */
export function useNow(): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const wait = (): void => {
      timer = setTimeout(
        () => {
          setNowMs(Date.now());
          wait();
        },
        MINUTE_MS - (Date.now() % MINUTE_MS),
      );
    };
    wait();
    return () => clearTimeout(timer);
  }, []);
  return nowMs;
}

/** The date today in a zone; the same object until the day is over. */
export function useToday(zone: string): Temporal.PlainDate {
  const date = inZone(useNow(), zone).toPlainDate();
  const [today, setToday] = useState(date);
  if (Temporal.PlainDate.compare(today, date) !== 0) setToday(date);
  return today;
}
