import type { ContainerUsage } from '../engine/container-engine.ts';

const HEADINGS = ['NAME', 'CPU', 'MEMORY', 'LIMIT', 'IMAGE'] as const;

/** A table of what running containers use, the hungriest first. */
export function formatUsage(list: readonly ContainerUsage[]): string {
  const rows = list
    .toSorted(
      (a, b) => b.cpuPercent - a.cpuPercent || b.memoryBytes - a.memoryBytes || a.name.localeCompare(b.name),
    )
    .map((each) => [
      each.name,
      `${each.cpuPercent.toFixed(1)} %`,
      formatBytes(each.memoryBytes),
      each.memoryLimitBytes === 0 ? '' : formatBytes(each.memoryLimitBytes),
      each.image,
    ]);
  if (rows.length === 0) return 'no container is running\n';
  const widths = HEADINGS.map((heading, i) =>
    Math.max(heading.length, ...rows.map((row) => row[i]?.length ?? 0)),
  );
  const isNumber = (i: number): boolean => i > 0 && i < 4;
  const toLine = (row: readonly string[]): string =>
    row
      .map((cell, i) => (isNumber(i) ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  return `${[HEADINGS, ...rows].map(toLine).join('\n')}\n`;
}

/** `512 KiB`, `34.2 MiB` */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}
