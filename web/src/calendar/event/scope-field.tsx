import { useText } from '../../i18n/text.ts';
import type { Scope } from '../changes/edited.ts';

interface ScopeFieldProps {
  readonly scope: Scope;
  /** One occurrence has no rule of its own. */
  readonly canBeOne: boolean;
  readonly onChange: (scope: Scope) => void;
}

const SCOPES = ['this', 'following', 'all'] as const;

/** Which occurrences of a series are saved or deleted. */
export function ScopeField({ scope, canBeOne, onChange }: ScopeFieldProps) {
  const text = useText();
  return (
    <fieldset className="scope">
      <legend>{text.scopeLegend}</legend>
      {SCOPES.map((name) => (
        <label key={name} className="check">
          <input
            type="radio"
            name="scope"
            checked={scope === name}
            disabled={name === 'this' && !canBeOne}
            onChange={() => onChange(name)}
          />
          {text.scope[name]}
        </label>
      ))}
    </fieldset>
  );
}
