import { z } from 'zod';
import { formatByteSize, parseByteSize } from './byte-size.ts';
import { formatDurationMs, parseDurationMs } from './duration.ts';

/** Marks a refinement that says no more than "this value is not allowed"; the message is made as for any type. */
export const VALUE = { kind: 'value' } as const;

/**
 * A duration such as `10s`; the parsed value is in milliseconds. `default` is in the spelling of a file.
 * Give the meaning with `.describe()`.
 */
export function duration(options: { default: string; min?: string; max?: string }) {
  const min = parseBound(options.min ?? '0s');
  const max = parseBound(options.max ?? '3650d');
  const allowed = `a duration from ${formatDurationMs(min)} to ${formatDurationMs(max)}, such as 500ms, 10s, 2m, 1h30m or 90d`;
  return z
    .string()
    .refine((text) => isWithin(parseDurationMs(text), min, max), { params: VALUE, abort: true })
    .transform((text) => parseDurationMs(text) ?? 0)
    .prefault(options.default)
    .meta({ type: 'duration', allowed });
}

/** A size such as `1MiB`; the parsed value is in bytes. */
export function byteSize(options: { default: string; min?: string; max?: string }) {
  const min = parseByteSize(options.min ?? '1B') ?? 1;
  const max = parseByteSize(options.max ?? '1GiB') ?? 1;
  const allowed = `a size from ${formatByteSize(min)} to ${formatByteSize(max)}, such as 512B, 64KiB or 1MiB`;
  return z
    .string()
    .refine((text) => isWithin(parseByteSize(text), min, max), { params: VALUE, abort: true })
    .transform((text) => parseByteSize(text) ?? 0)
    .prefault(options.default)
    .meta({ type: 'size', allowed });
}

/** A whole number with both its bounds. */
export function count(options: { default: number; min: number; max: number }) {
  return z.int().min(options.min).max(options.max).default(options.default);
}

/** Text that is never shown, and that may come from a file. */
export function secret() {
  return z.string().min(1).meta({ secret: true, allowed: 'text that is not empty' });
}

/** A group of keys. Left out, or empty, it has its defaults. */
export function section<S extends z.ZodRawShape>(shape: S) {
  return orDefaults(z.strictObject(shape));
}

/** What `section` does, for an object that has refinements. */
export function orDefaults<S extends z.ZodObject>(object: S) {
  return object.prefault({} as never);
}

function parseBound(text: string): number {
  const ms = parseDurationMs(text);
  if (ms === undefined) throw new TypeError(`'${text}' is no duration`);
  return ms;
}

function isWithin(value: number | undefined, min: number, max: number): boolean {
  return value !== undefined && value >= min && value <= max;
}
