import { useMemo } from 'react';
import { useText } from '../../i18n/text.ts';
import { useFormat } from '../../settings/use-format.ts';
import { useWhen } from '../text/use-when.ts';
import { alignLines } from './align-lines.ts';
import { formatValue } from './format-value.ts';
import type { DrawnLine } from './use-lines.ts';

const MOST = 500;

/** The values as a table, the latest first. */
export function ValueTable({ lines }: { readonly lines: readonly DrawnLine[] }) {
  const { monitor: text } = useText();
  const { locale } = useFormat();
  const when = useWhen();
  const { timesS, rows } = useMemo(() => alignLines(lines), [lines]);
  const shown = timesS
    .map((time, i) => ({ time, i }))
    .slice(-MOST)
    .toReversed();
  return (
    // What is wider than the page is scrolled by the keyboard too.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="table-scroll" role="region" aria-label={text.values} tabIndex={0}>
      <table className="values">
        <thead>
          <tr>
            <th scope="col">{text.time}</th>
            {lines.map(({ key, label }) => (
              <th key={key} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ time, i }) => (
            <tr key={time}>
              <th scope="row">{when(time * 1000, 'second')}</th>
              {lines.map(({ key }, column) => (
                <td key={key}>{formatValue(rows[column]?.[i], locale)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {timesS.length > MOST && <p className="hint">{text.latestOf(MOST, timesS.length)}</p>}
    </div>
  );
}
