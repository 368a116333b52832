import { useText } from '../../i18n/text.ts';
import { showToast } from '../../ui/toasts.tsx';
import { useWhen } from '../text/use-when.ts';
import { boundsOf, LAST_RANGES, pan, zoom, type ExplorerState, type LastRange } from './explorer-state.ts';

interface RangeToolsProps {
  readonly state: ExplorerState;
  readonly nowMs: number;
  readonly onChange: (change: Partial<ExplorerState>) => void;
}

/** Which period, values or growth, lines or table; and the address to send to somebody. */
export function RangeTools({ state, nowMs, onChange }: RangeToolsProps) {
  const { monitor: text } = useText();
  const when = useWhen();
  const { range, kind, view } = state;
  const { startMs, endMs } = boundsOf(range, nowMs);
  const share = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(location.href);
      showToast({ text: text.copied });
    } catch {
      // Without the right to it, the address bar has the same.
      showToast({ text: text.notCopied, isError: true });
    }
  };
  return (
    <div className="range-tools">
      <label className="field">
        <span className="visually-hidden">{text.range}</span>
        <select
          value={range.kind === 'last' ? range.name : ''}
          onChange={(event) => onChange({ range: { kind: 'last', name: event.target.value as LastRange } })}
        >
          {range.kind === 'fixed' && (
            <option value="" disabled>
              {when(startMs, 'second')} – {when(endMs, 'second')}
            </option>
          )}
          {(Object.keys(LAST_RANGES) as LastRange[]).map((name) => (
            <option key={name} value={name}>
              {text.lastRange[name]}
            </option>
          ))}
        </select>
      </label>
      <div className="button-row">
        <button type="button" className="button" onClick={() => onChange({ range: pan(range, -0.5, nowMs) })}>
          ←<span className="visually-hidden"> {text.earlier}</span>
        </button>
        <button
          type="button"
          className="button"
          disabled={range.kind === 'last'}
          onClick={() => onChange({ range: pan(range, 0.5, nowMs) })}
        >
          →<span className="visually-hidden"> {text.later}</span>
        </button>
        <button
          type="button"
          className="button"
          onClick={() => onChange({ range: zoom(range, 0.25, 0.75, nowMs) })}
        >
          +<span className="visually-hidden"> {text.nearer}</span>
        </button>
        <button
          type="button"
          className="button"
          onClick={() => onChange({ range: zoom(range, -0.5, 1.5, nowMs) })}
        >
          −<span className="visually-hidden"> {text.further}</span>
        </button>
      </div>
      <label className="check">
        <input
          type="checkbox"
          checked={kind === 'rate'}
          onChange={(event) => onChange({ kind: event.target.checked ? 'rate' : 'value' })}
        />
        {text.asRate}
      </label>
      <label className="check">
        <input
          type="checkbox"
          checked={view === 'table'}
          onChange={(event) => onChange({ view: event.target.checked ? 'table' : 'chart' })}
        />
        {text.asTable}
      </label>
      <span className="grow" />
      <button type="button" className="button" onClick={() => void share()}>
        {text.copyAddress}
      </button>
    </div>
  );
}
