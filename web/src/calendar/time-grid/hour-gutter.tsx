import type { Temporal } from 'temporal-polyfill';
import { useMemo } from 'react';
import { useFormat } from '../../settings/use-format.ts';
import { useSettings } from '../../settings/settings.ts';
import { toInstantMs } from '../../time/day-range.ts';
import { findFormat } from '../../time/format.ts';

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** The hours beside the days, also those of the second zone: as they are on the first day. */
export function HourGutter({ date }: { readonly date: Temporal.PlainDate }) {
  const format = useFormat();
  const { secondZone } = useSettings();
  const second = useMemo(
    () => (secondZone === '' ? undefined : findFormat({ ...format, zone: secondZone })),
    [format, secondZone],
  );
  return (
    <div className="gutter hours" aria-hidden="true">
      {HOURS.map((hour) => (
        <div key={hour} className="hour">
          {second && hour > 0 && (
            <span className="hour-second">{second.time(toInstantMs(date, hour * 60, format.zone))}</span>
          )}
          {hour > 0 && <span>{format.hour(hour)}</span>}
        </div>
      ))}
    </div>
  );
}
