const FACTORS = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 } as const;

/** Reads `512B`, `64KiB`, `1MiB` or `2GiB` into bytes; undefined for anything else. */
export function parseByteSize(text: string): number | undefined {
  const match = /^(\d{1,9})(B|KiB|MiB|GiB)$/.exec(text);
  return match ? Number(match[1]) * FACTORS[match[2] as keyof typeof FACTORS] : undefined;
}

/** The largest unit that divides it evenly: `1MiB`, `1536B`. */
export function formatByteSize(bytes: number): string {
  for (const unit of ['GiB', 'MiB', 'KiB'] as const) {
    if (bytes > 0 && bytes % FACTORS[unit] === 0) return `${bytes / FACTORS[unit]}${unit}`;
  }
  return `${bytes}B`;
}
