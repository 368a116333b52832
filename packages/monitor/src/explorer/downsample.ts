/** A line that can be drawn: its points in the order of time. */
export interface Line {
  readonly timestampsMs: readonly number[];
  /** Null where the line is interrupted: its series ended there. */
  readonly values: readonly (number | null)[];
}

interface Point {
  readonly timestampMs: number;
  readonly value: number;
}

/**
 * Thins a series out for drawing. Of each bucket of time it keeps the first, the least, the greatest and the last
 * sample: drawn on as many pixels as there are buckets, the line is the same as with all samples, and no peak is
 * missed (M4: Jugel et al., VLDB 2014). A series with at most four samples to a bucket stays nearly as it is.
 */
export class Downsampler {
  readonly #startMs: number;
  readonly #bucketMs: number;
  readonly #timestampsMs: number[] = [];
  readonly #values: (number | null)[] = [];
  #bucket = NaN;
  #first: Point | undefined;
  #least: Point | undefined;
  #greatest: Point | undefined;
  #last: Point | undefined;

  constructor(startMs: number, bucketMs: number) {
    this.#startMs = startMs;
    this.#bucketMs = bucketMs;
  }

  /** Takes samples in the order of time. */
  add(timestampMs: number, value: number): void {
    const bucket = Math.floor((timestampMs - this.#startMs) / this.#bucketMs);
    if (bucket !== this.#bucket) this.#flush();
    this.#bucket = bucket;
    const point = { timestampMs, value };
    this.#first ??= point;
    // NaN is neither less nor greater than anything: it is kept where it comes first or last.
    if (!(value >= (this.#least?.value ?? Infinity)) && !Number.isNaN(value)) this.#least = point;
    if (!(value <= (this.#greatest?.value ?? -Infinity)) && !Number.isNaN(value)) this.#greatest = point;
    this.#last = point;
  }

  /** The series ends here; what follows is another stretch of the line. */
  interrupt(timestampMs: number): void {
    this.#flush();
    if (this.#values.length === 0 || this.#values.at(-1) === null) return;
    this.#timestampsMs.push(timestampMs);
    this.#values.push(null);
  }

  finish(): Line {
    this.#flush();
    return { timestampsMs: this.#timestampsMs, values: this.#values };
  }

  #flush(): void {
    const points = [this.#first, this.#least, this.#greatest, this.#last].filter(
      (point) => point !== undefined,
    );
    points.sort((a, b) => a.timestampMs - b.timestampMs);
    for (const { timestampMs, value } of points) {
      if (this.#timestampsMs.at(-1) === timestampMs) continue;
      this.#timestampsMs.push(timestampMs);
      this.#values.push(value);
    }
    this.#first = this.#least = this.#greatest = this.#last = undefined;
  }
}
