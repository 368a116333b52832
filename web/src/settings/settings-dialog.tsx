import { useText } from '../i18n/text.ts';
import { SignOutButton } from '../calendar/toolbar/toolbar.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { changeSettings, useSettings, type Settings } from './settings.ts';
import { machineZone } from './use-format.ts';
import { ZoneInput } from './zone-input.tsx';

/** What a person chooses for this browser; it takes effect at once. */
export function SettingsDialog({ onClose }: { readonly onClose: () => void }) {
  const text = useText();
  const settings = useSettings();
  return (
    <Dialog title={text.settings} onClose={onClose} className="settings-dialog">
      <div className="settings">
        <Choice
          label={text.language}
          value={settings.language}
          options={{ auto: text.asBrowser, en: 'English', ru: 'Русский' }}
          onChange={(language) => changeSettings({ language })}
        />
        <Choice
          label={text.theme}
          value={settings.theme}
          options={{ auto: text.asSystem, light: text.light, dark: text.dark }}
          onChange={(theme) => changeSettings({ theme })}
        />
        <Choice
          label={text.hours}
          value={settings.hours}
          options={{ auto: text.asLocale, '12': text.twelveHours, '24': text.twentyFourHours }}
          onChange={(hours) => changeSettings({ hours })}
        />
        <Choice
          label={text.weekStart}
          value={settings.weekStart}
          options={{ auto: text.asLocale, '1': text.monday, '6': text.saturday, '7': text.sunday }}
          onChange={(weekStart) => changeSettings({ weekStart })}
        />
        <ZoneInput
          label={text.timeZone}
          value={settings.zone === 'auto' ? machineZone() : settings.zone}
          onChange={(zone) => changeSettings({ zone: zone === machineZone() ? 'auto' : zone })}
        />
        <ZoneInput
          label={text.secondZone}
          value={settings.secondZone}
          isOptional
          onChange={(secondZone) => changeSettings({ secondZone })}
        />
        <label className="check">
          <input
            type="checkbox"
            checked={settings.hasKeys}
            onChange={(event) => changeSettings({ hasKeys: event.target.checked })}
          />
          {text.singleKeys}
        </label>
      </div>
      <footer className="form-foot">
        <SignOutButton />
        <span className="grow" />
        <button type="button" className="button primary" onClick={onClose}>
          {text.close}
        </button>
      </footer>
    </Dialog>
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: Readonly<Record<T, string>>;
  readonly onChange: (value: T) => void;
}

function Choice<T extends Settings['language' | 'theme' | 'hours' | 'weekStart']>(props: ChoiceProps<T>) {
  const { label, value, options, onChange } = props;
  return (
    <label className="field">
      <span>{label}</span>
      <select value={value} onChange={(event) => onChange(event.target.value as T)}>
        {Object.entries<string>(options).map(([name, words]) => (
          <option key={name} value={name}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}
