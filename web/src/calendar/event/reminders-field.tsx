import { Temporal } from 'temporal-polyfill';
import { useText, useLanguage } from '../../i18n/text.ts';
import { Icon } from '../../ui/icon.tsx';

interface RemindersFieldProps {
  readonly reminders: readonly string[];
  readonly onChange: (reminders: readonly string[]) => void;
}

const USUAL = ['PT0S', 'PT5M', 'PT10M', 'PT15M', 'PT30M', 'PT1H', 'PT2H', 'P1D', 'P2D', 'P7D'] as const;
const MOST = 20;

/** How long before the start somebody is reminded. */
export function RemindersField({ reminders, onChange }: RemindersFieldProps) {
  const text = useText();
  const words = useReminderWords();
  const choices = [...new Set<string>([...USUAL, ...reminders])];
  const next =
    USUAL.filter((usual) => usual !== 'PT0S').find((usual) => !reminders.includes(usual)) ?? 'PT15M';
  return (
    <fieldset className="reminders">
      <legend>{text.reminders}</legend>
      {reminders.map((reminder, i) => (
        // Two of the same are told apart by their place alone.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={i} className="reminder">
          <Icon name="bell" />
          <select
            aria-label={text.reminder(i + 1)}
            value={reminder}
            onChange={(event) => onChange(reminders.with(i, event.target.value))}
          >
            {choices.map((choice) => (
              <option key={choice} value={choice}>
                {words(choice)}
              </option>
            ))}
          </select>
          <button
            type="button"
            className="icon-button"
            aria-label={text.removeReminder(words(reminder))}
            onClick={() => onChange(reminders.toSpliced(i, 1))}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
      {reminders.length < MOST && (
        <button
          type="button"
          className="button quiet"
          onClick={() => onChange([...reminders, reminders.length === 0 ? 'PT15M' : next])}
        >
          <Icon name="plus" /> {text.addReminder}
        </button>
      )}
    </fieldset>
  );
}

interface DurationFormat {
  format(duration: object): string;
}

/** `PT15M` as "15 minutes before". */
function useReminderWords(): (duration: string) => string {
  const text = useText();
  const language = useLanguage();
  const { DurationFormat } = Intl as unknown as {
    DurationFormat?: new (locale: string, options: object) => DurationFormat;
  };
  const format = DurationFormat && new DurationFormat(language, { style: 'long' });
  return (iso) => {
    const { days, weeks, hours, minutes, seconds, blank } = Temporal.Duration.from(iso);
    if (blank) return text.atStart;
    return text.before(format?.format({ days, weeks, hours, minutes, seconds }) ?? iso);
  };
}
