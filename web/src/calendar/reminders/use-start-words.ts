import { useCallback } from 'react';
import { Temporal } from 'temporal-polyfill';
import type { Notification } from '../../api/generated.ts';
import { useFormat } from '../../settings/use-format.ts';
import { inZone } from '../../time/span.ts';
import { useToday } from '../../time/use-now.ts';

/** Spells when the occurrence of a reminder starts: the time, and the day where that is not today. */
export function useStartWords(): (notification: Notification) => string {
  const moment = useMomentWords();
  const format = useFormat();
  return useCallback(
    ({ occurrence_start: start }) =>
      start.includes('T') ? moment(Date.parse(start)) : format.date(Temporal.PlainDate.from(start), 'long'),
    [moment, format],
  );
}

/** Spells an instant: the time, and the day where that is not today. */
export function useMomentWords(): (ms: number) => string {
  const format = useFormat();
  const today = useToday(format.zone);
  return useCallback(
    (ms) => {
      const date = inZone(ms, format.zone).toPlainDate();
      return date.equals(today) ? format.time(ms) : `${format.date(date, 'dayMonth')}, ${format.time(ms)}`;
    },
    [format, today],
  );
}
