import type { Sample } from './register-metric.ts';

/** Counts observations by upper bounds, in the unit of its family: seconds, bytes. An observation costs some nanoseconds. */
export class Histogram {
  readonly #name: string;
  readonly #bounds: readonly number[];
  readonly #buckets: Float64Array;
  #sum = 0;

  /** @param bounds ascending, each inclusive; what is above the last one counts in `+Inf`. */
  constructor(name: string, bounds: readonly number[]) {
    this.#name = name;
    this.#bounds = bounds;
    this.#buckets = new Float64Array(bounds.length + 1);
  }

  observe(value: number): void {
    let at = 0;
    while (at < this.#bounds.length && value > (this.#bounds[at] as number)) at++;
    this.#buckets[at] = (this.#buckets[at] as number) + 1;
    this.#sum += value;
  }

  /** What a family of the type histogram answers. */
  samples(labels: Readonly<Record<string, string>> = {}): readonly Sample[] {
    let count = 0;
    const buckets = Array.from(this.#buckets, (bucket, at): Sample => {
      count += bucket;
      const le = String(this.#bounds[at] ?? '+Inf');
      return { metricName: `${this.#name}_bucket`, labels: { ...labels, le }, value: count };
    });
    return [
      ...buckets,
      { metricName: `${this.#name}_sum`, labels, value: this.#sum },
      { metricName: `${this.#name}_count`, labels, value: count },
    ];
  }
}
