import { describeRule, parseRule, WEEKDAYS } from '@daywatch/recurrence';
import { useMemo } from 'react';
import { Temporal } from 'temporal-polyfill';
import { useLanguage, useText } from '../../../i18n/text.ts';
import { useFormat } from '../../../settings/use-format.ts';
import type { SaidRule } from './follow-start.ts';
import { previewDates } from './preview-dates.ts';
import { RepeatEndField } from './repeat-end-field.tsx';
import type { ShownOccurrence } from './series-part.ts';
import { nthOf, readRepeat, weekdayOf, writeRepeat, type Repeat } from './repeat.ts';

interface RepeatFieldProps {
  readonly rule: SaidRule;
  /** Which occurrence is changed, where it is one of a series. */
  readonly shown: ShownOccurrence | undefined;
  readonly onChange: (rrule: string) => void;
}

const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;
const PREVIEWED = 5;
/** A Monday: the weekdays are named by the days of its week. */
const MONDAY = Temporal.PlainDate.from('2026-11-23');

/** How it repeats, built in plain words; below them the rule as a sentence, and the next dates. */
export function RepeatField({ rule, shown, onChange }: RepeatFieldProps) {
  const text = useText();
  const format = useFormat();
  const { rrule, start } = rule;
  const { startDate } = start;
  const repeat = useMemo(
    () => (rrule === '' || startDate === '' ? undefined : readRepeat(rrule, start)),
    [rrule, startDate, start],
  );
  const write = (next: Repeat): void => onChange(writeRepeat(next, start));
  if (startDate === '') return null;
  const choice = rrule === '' ? 'never' : (repeat?.freq ?? 'custom');
  return (
    <fieldset className="repeat">
      <legend className="visually-hidden">{text.repetition}</legend>
      <div className="times-row">
        <label className="field repeat-choice">
          <span>{text.repeats}</span>
          <select
            value={choice}
            onChange={(event) => {
              const freq = FREQUENCIES.find((name) => name === event.target.value);
              if (event.target.value === 'never') onChange('');
              else if (freq)
                write({
                  ...(repeat ?? FIRST),
                  freq,
                  weekdays: freq === 'WEEKLY' ? [weekdayOf(startDate)] : [],
                });
            }}
          >
            <option value="never">{text.repeatsNever}</option>
            {FREQUENCIES.map((freq) => (
              <option key={freq} value={freq}>
                {text.frequency[freq]}
              </option>
            ))}
            {choice === 'custom' && <option value="custom">{text.repeatsCustom}</option>}
          </select>
        </label>
        {repeat && (
          <label className="field">
            <span>{text.every[repeat.freq]}</span>
            <input
              type="number"
              min={1}
              max={999}
              required
              value={repeat.interval}
              onChange={(event) => {
                const interval = event.target.valueAsNumber;
                if (Number.isInteger(interval) && interval >= 1) write({ ...repeat, interval });
              }}
            />
          </label>
        )}
        {repeat && (
          <RepeatEndField
            end={repeat.end}
            startDate={startDate}
            onChange={(end) => write({ ...repeat, end })}
          />
        )}
      </div>
      {repeat?.freq === 'WEEKLY' && (
        <div className="weekdays" role="group" aria-label={text.onDays}>
          {WEEKDAYS.map((weekday, i) => {
            const isOn = repeat.weekdays.includes(weekday);
            const rest = repeat.weekdays.filter((day) => day !== weekday);
            return (
              <button
                key={weekday}
                type="button"
                aria-pressed={isOn}
                aria-label={format.date(MONDAY.add({ days: i }), 'weekdayLong')}
                onClick={() => {
                  const weekdays = isOn ? rest : [...rest, weekday];
                  if (weekdays.length > 0) write({ ...repeat, weekdays });
                }}
              >
                {format.date(MONDAY.add({ days: i }), 'weekday')}
              </button>
            );
          })}
        </div>
      )}
      {repeat?.freq === 'MONTHLY' && (
        <label className="field">
          <span>{text.onDay}</span>
          <select
            value={repeat.monthly}
            onChange={(event) => {
              const monthly = (['day', 'nth', 'last'] as const).find((name) => name === event.target.value);
              if (monthly) write({ ...repeat, monthly });
            }}
          >
            <option value="day">{text.monthDay(Temporal.PlainDate.from(startDate).day)}</option>
            <option value="nth">
              {text.nthWeekday(
                nthOf(startDate),
                format.date(Temporal.PlainDate.from(startDate), 'weekdayLong'),
              )}
            </option>
            <option value="last">
              {text.lastWeekday(format.date(Temporal.PlainDate.from(startDate), 'weekdayLong'))}
            </option>
          </select>
        </label>
      )}
      {rrule !== '' && <RepeatWords rule={rule} shown={shown} />}
    </fieldset>
  );
}

const FIRST: Repeat = { freq: 'WEEKLY', interval: 1, weekdays: [], monthly: 'day', end: { kind: 'never' } };

function RepeatWords({ rule, shown }: Pick<RepeatFieldProps, 'rule' | 'shown'>) {
  const text = useText();
  const format = useFormat();
  const language = useLanguage();
  const words = useMemo(() => describeRule(parseRule(rule.rrule), language), [rule.rrule, language]);
  const dates = useMemo(() => previewDates(rule, PREVIEWED, shown), [rule, shown]);
  return (
    <p className="repeat-words" aria-live="polite">
      <strong>{words}</strong>
      <span>
        {text.nextDates} {dates.map((date) => format.date(date, 'long')).join(' · ')}
      </span>
    </p>
  );
}
