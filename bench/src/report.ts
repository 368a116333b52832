/** One line of the results: what was measured, ours beside the limit, and what is wanted. */
export interface Figure {
  readonly name: string;
  /** What ours came to, with its unit. */
  readonly ours: string;
  /** What it is measured against, in the same run. */
  readonly limit: string;
  /** The figure that is judged. */
  readonly value: number;
  readonly unit: string;
  readonly wanted: { readonly atLeast: number } | { readonly atMost: number };
}

export function isReached({ value, wanted }: Figure): boolean {
  return 'atLeast' in wanted ? value >= wanted.atLeast : value <= wanted.atMost;
}

/** `CreateEvent, gRPC: 658 /s beside 1904 /s pgbench: 0.346 of raw, wanted ≥ 0.5: FALLS SHORT` */
export function formatFigure(figure: Figure): string {
  const [name = '', ours, beside, value, wanted, verdict] = cellsOf(figure);
  return `${name}: ${ours}${beside ? ` beside ${beside}` : ''}: ${value}, wanted ${wanted}: ${verdict}`;
}

/** A Markdown table, which reads well on a terminal too. */
export function formatFigures(figures: readonly Figure[]): string {
  const header = ['', 'ours', 'beside', 'figure', 'wanted', ''];
  const rows = figures.map(cellsOf);
  const widths = header.map((title, column) =>
    Math.max(title.length, 3, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const format = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  return [format(header), format(widths.map((width) => '-'.repeat(width))), ...rows.map(format)].join('\n');
}

function cellsOf(figure: Figure): readonly string[] {
  return [
    figure.name,
    figure.ours,
    figure.limit,
    `${figure.value.toPrecision(3)} ${figure.unit}`.trim(),
    'atLeast' in figure.wanted ? `≥ ${figure.wanted.atLeast}` : `≤ ${figure.wanted.atMost}`,
    isReached(figure) ? 'reached' : 'FALLS SHORT',
  ];
}
