import { useText } from '../../i18n/text.ts';
import { useFormat } from '../../settings/use-format.ts';
import { COLOURS } from './colours.ts';
import { formatValue } from './format-value.ts';
import { sumUp } from './sum-up.ts';
import type { DrawnLine } from './use-lines.ts';

interface LineTableProps {
  readonly lines: readonly DrawnLine[];
  readonly hidden: ReadonlySet<string>;
  readonly onToggle: (key: string) => void;
}

/** The lines in words: which they are, and how far they reach. Those that are in the way can be put out of sight. */
export function LineTable({ lines, hidden, onToggle }: LineTableProps) {
  const { monitor: text } = useText();
  const { locale } = useFormat();
  return (
    // What is wider than the page is scrolled by the keyboard too.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="table-scroll" role="region" aria-label={text.lines} tabIndex={0}>
      <table className="lines">
        <thead>
          <tr>
            <th scope="col">{text.series}</th>
            <th scope="col">{text.last}</th>
            <th scope="col">{text.least}</th>
            <th scope="col">{text.mean}</th>
            <th scope="col">{text.greatest}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ key, label, colour, values }) => {
            const { last, least, mean, greatest } = sumUp(values);
            return (
              <tr key={key}>
                {/* The check box in it has its label. */}
                {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label */}
                <th scope="row">
                  <label className="check">
                    <input type="checkbox" checked={!hidden.has(key)} onChange={() => onToggle(key)} />
                    <span className="line-colour" data-colour={colour % COLOURS} aria-hidden="true" />
                    <span className="line-name">{label}</span>
                  </label>
                </th>
                <td>{formatValue(last, locale)}</td>
                <td>{formatValue(least, locale)}</td>
                <td>{formatValue(mean, locale)}</td>
                <td>{formatValue(greatest, locale)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
