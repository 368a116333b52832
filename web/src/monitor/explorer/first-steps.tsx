import { useText } from '../../i18n/text.ts';
import { useChoices } from './use-choices.ts';

/** Asked for as if a name were to be typed. */
const ANY_NAME = { kind: 'name', start: 0, end: 0, typed: '' } as const;
const SHOWN = 40;

/** What one can begin with: the names that there are; and where there are none, how they come to be. */
export function FirstSteps({ onChoose }: { readonly onChoose: (selector: string) => void }) {
  const { monitor: text } = useText();
  // Every target has `up`: with it one always sees something.
  const names = useChoices(ANY_NAME);
  return (
    <div className="first-steps">
      <h2>{names.length === 0 ? text.noSeries : text.chooseSeries}</h2>
      <p className="hint">{names.length === 0 ? text.noSeriesHint : text.chooseSeriesHint}</p>
      <ul>
        {[...names.filter((name) => name === 'up'), ...names.filter((name) => name !== 'up')]
          .slice(0, SHOWN)
          .map((name) => (
            <li key={name}>
              <button type="button" className="button" onClick={() => onChoose(name)}>
                {name}
              </button>
            </li>
          ))}
      </ul>
    </div>
  );
}
