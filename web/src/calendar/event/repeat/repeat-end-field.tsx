import { Temporal } from 'temporal-polyfill';
import { useText } from '../../../i18n/text.ts';
import type { RepeatEnd } from './repeat.ts';

interface RepeatEndFieldProps {
  readonly end: RepeatEnd;
  readonly startDate: string;
  readonly onChange: (end: RepeatEnd) => void;
}

const USUAL_COUNT = 10;
const MOST = 5000;

/** Until when it repeats: for ever, so many times, or up to a day. */
export function RepeatEndField({ end, startDate, onChange }: RepeatEndFieldProps) {
  const text = useText();
  const choose = (kind: string): void => {
    if (kind === 'never') onChange({ kind });
    if (kind === 'count') onChange({ kind, count: USUAL_COUNT });
    if (kind === 'until') {
      onChange({ kind, date: Temporal.PlainDate.from(startDate).add({ months: 3 }).toString() });
    }
  };
  return (
    <>
      <label className="field">
        <span>{text.repeatEnds}</span>
        <select value={end.kind} onChange={(event) => choose(event.target.value)}>
          <option value="never">{text.endsNever}</option>
          <option value="count">{text.endsAfter}</option>
          <option value="until">{text.endsOn}</option>
        </select>
      </label>
      {end.kind === 'count' && (
        <label className="field">
          <span>{text.times}</span>
          <input
            type="number"
            min={1}
            max={MOST}
            required
            value={end.count}
            onChange={(event) => {
              const count = event.target.valueAsNumber;
              if (Number.isInteger(count) && count >= 1) onChange({ kind: 'count', count });
            }}
          />
        </label>
      )}
      {end.kind === 'until' && (
        <label className="field">
          <span>{text.lastDay}</span>
          <input
            type="date"
            required
            min={startDate}
            value={end.date}
            onChange={(event) => {
              if (event.target.value !== '') onChange({ kind: 'until', date: event.target.value });
            }}
          />
        </label>
      )}
    </>
  );
}
