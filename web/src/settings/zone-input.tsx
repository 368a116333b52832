import { useId, useState } from 'react';
import { isZone } from './settings.ts';

interface ZoneInputProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (zone: string) => void;
  /** Whether there may be no zone. */
  readonly isOptional?: boolean;
}

const ZONES = Intl.supportedValuesOf('timeZone');

/** A time zone, typed with completion. Only one that the browser knows is taken. */
export function ZoneInput({ label, value, onChange, isOptional = false }: ZoneInputProps) {
  const [typed, setTyped] = useState(value);
  const listId = useId();
  const isGood = isZone(typed) || (isOptional && typed === '');
  return (
    <label className="field zone-field">
      <span>{label}</span>
      <input
        list={listId}
        value={typed}
        aria-invalid={!isGood}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          const zone = event.target.value;
          setTyped(zone);
          if (isZone(zone) || (isOptional && zone === '')) onChange(zone);
        }}
        onBlur={() => setTyped(isGood ? typed : value)}
      />
      <datalist id={listId}>
        {ZONES.map((zone) => (
          <option key={zone} value={zone}>
            {zone}
          </option>
        ))}
      </datalist>
    </label>
  );
}
