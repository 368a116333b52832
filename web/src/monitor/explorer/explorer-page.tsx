import { useMemo, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { ApiError, hasCode } from '../../api/api-error.ts';
import { useText } from '../../i18n/text.ts';
import { Icon } from '../../ui/icon.tsx';
import { MonitorProblem } from '../monitor-problem.tsx';
import {
  boundsOf,
  MAX_SELECTORS,
  pan,
  readState,
  writeState,
  zoom,
  type ExplorerState,
} from './explorer-state.ts';
import { FirstSteps } from './first-steps.tsx';
import { LineTable } from './line-table.tsx';
import { RangeChart } from './range-chart.tsx';
import { RangeTools } from './range-tools.tsx';
import { SelectorField } from './selector-field.tsx';
import { useLines } from './use-lines.ts';
import { useTick } from './use-tick.ts';
import { ValueTable } from './value-table.tsx';

const NONE: ReadonlySet<string> = new Set();

/** Series, looked at as lines or as a table. Everything that is shown is in the address. */
export function ExplorerPage() {
  const { monitor: text } = useText();
  const search = useSearch();
  const [, navigate] = useLocation();
  const state = useMemo(() => readState(search), [search]);
  const nowMs = useTick(state.range);
  const { lines, errors, isLoading } = useLines(state, nowMs);
  const [hidden, setHidden] = useState(NONE);
  const shown = useMemo(() => lines.filter(({ key }) => !hidden.has(key)), [lines, hidden]);
  const go = (change: Partial<ExplorerState>): void => navigate(writeState({ ...state, ...change }));
  const { startMs, endMs } = boundsOf(state.range, nowMs);
  const { selectors } = state;
  const refused = errors.find((error) => error && !(error instanceof ApiError && error.status === 400));
  if (refused && lines.length === 0) return <MonitorProblem error={refused} />;
  return (
    <div className="explorer">
      <div className="selectors">
        {[...selectors, ...(selectors.length < MAX_SELECTORS ? [''] : [])].map((selector, i) => (
          // A selector keeps its field while it is typed on.
          // oxlint-disable-next-line react/no-array-index-key
          <div key={i}>
            <SelectorField
              selector={selector}
              number={i}
              onChange={(changed) =>
                go({
                  selectors:
                    changed === ''
                      ? selectors.toSpliced(i, 1)
                      : [...selectors.slice(0, i), changed, ...selectors.slice(i + 1)],
                })
              }
              onRemove={i < selectors.length ? () => go({ selectors: selectors.toSpliced(i, 1) }) : undefined}
            />
            {errors[i] && (
              <p className="form-error" role="alert">
                {hasCode(errors[i], 'too_many_series') ? text.tooManySeries : explainRefusal(errors[i])}
              </p>
            )}
          </div>
        ))}
      </div>
      {selectors.length === 0 ? (
        <FirstSteps onChoose={(selector) => go({ selectors: [selector] })} />
      ) : (
        <>
          <RangeTools state={state} nowMs={nowMs} onChange={go} />
          <div className="explorer-lines" aria-busy={isLoading}>
            {lines.length === 0 && errors.some((error) => !error) && (
              <p className="hint" role="status">
                {isLoading ? text.loading : text.noSamples}
              </p>
            )}
            {state.view === 'table' ? (
              <ValueTable lines={shown} />
            ) : (
              // Also where there is nothing to draw: from there one moves on to where there is.
              <RangeChart
                lines={shown}
                startMs={startMs}
                endMs={endMs}
                onZoom={(from, to) => go({ range: zoom(state.range, from, to, nowMs) })}
                onPan={(by) => go({ range: pan(state.range, by, nowMs) })}
              />
            )}
            {lines.length > 0 && (
              <LineTable
                lines={lines}
                hidden={hidden}
                onToggle={(key) => {
                  const next = new Set(hidden);
                  if (!next.delete(key)) next.add(key);
                  setHidden(next);
                }}
              />
            )}
          </div>
          <p className="hint">
            <Icon name="help" /> {text.chartKeys}
          </p>
        </>
      )}
    </div>
  );
}

/** Where a refusal stands beside the field that it is about, the field need not be named. */
function explainRefusal({ message }: Error): string {
  const reason = message.replace(/^match: /, '');
  return /^[a-z]+ /.test(reason) ? reason.charAt(0).toUpperCase() + reason.slice(1) : reason;
}
