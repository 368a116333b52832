import { useId } from 'react';
import { useText } from '../../i18n/text.ts';
import { isZone } from '../../settings/settings.ts';
import { useFormat } from '../../settings/use-format.ts';
import { ZoneInput } from '../../settings/zone-input.tsx';
import { spanOf, withAllDay, withStart, type Draft } from './draft.ts';

interface TimesFieldProps {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
}

/** When it is. The zone is the event's home: its clock says what the times mean. */
export function TimesField({ draft, onChange }: TimesFieldProps) {
  const text = useText();
  const format = useFormat();
  const errorId = useId();
  const { isAllDay, startDate, startTime, endDate, endTime, zone } = draft;
  const span = isZone(zone) ? spanOf(draft) : undefined;
  return (
    <fieldset className="times" aria-describedby={errorId}>
      <legend className="visually-hidden">{text.when}</legend>
      <div className="times-row">
        <label className="field">
          <span>{text.start}</span>
          <input
            type="date"
            required
            value={startDate}
            onChange={(event) => onChange(withStart(draft, { startDate: event.target.value }))}
          />
        </label>
        {!isAllDay && (
          <label className="field">
            <span>{text.startTime}</span>
            <input
              type="time"
              required
              value={startTime}
              onChange={(event) => onChange(withStart(draft, { startTime: event.target.value }))}
            />
          </label>
        )}
        <label className="field">
          <span>{text.end}</span>
          <input
            type="date"
            required
            value={endDate}
            onChange={(event) => onChange({ ...draft, endDate: event.target.value })}
          />
        </label>
        {!isAllDay && (
          <label className="field">
            <span>{text.endTime}</span>
            <input
              type="time"
              required
              value={endTime}
              onChange={(event) => onChange({ ...draft, endTime: event.target.value })}
            />
          </label>
        )}
      </div>
      <div className="times-row">
        <label className="check">
          <input
            type="checkbox"
            checked={isAllDay}
            onChange={(event) => onChange(withAllDay(draft, event.target.checked))}
          />
          {text.allDay}
        </label>
        {!isAllDay && (
          <ZoneInput
            label={text.timeZone}
            value={zone}
            onChange={(value) => onChange({ ...draft, zone: value })}
          />
        )}
      </div>
      <p className="times-note" id={errorId} data-error={span === undefined || undefined}>
        {span === undefined && text.endBeforeStart}
        {span?.kind === 'timed' && zone !== format.zone && text.inYourZone(format.fullSpan(span))}
      </p>
    </fieldset>
  );
}
