import type { ExpositionFormat, MetricFamily, MetricType, Sample } from './exposition.ts';
import { possibleFamilies, suffixIn } from './family-names.ts';

/** A family while its lines are being read. */
export interface OpenFamily {
  readonly name: string;
  type: MetricType;
  help: string | undefined;
  unit: string | undefined;
  readonly samples: Sample[];
}

/** Sorts the lines of a text into families, in the order in which they first appear. */
export class FamilyList {
  readonly #format: ExpositionFormat;
  readonly #families = new Map<string, OpenFamily>();
  #latest: OpenFamily | undefined;

  constructor(format: ExpositionFormat) {
    this.#format = format;
  }

  /** The family that a comment names, made where there is none. */
  ofComment(name: string): OpenFamily {
    this.#latest = this.#families.get(name) ?? this.#add(name);
    return this.#latest;
  }

  /** The family of a sample: the latest where the name fits, else one that is known, else a new one. */
  ofSample(sampleName: string): OpenFamily {
    if (this.#latest === undefined || suffixIn(this.#latest, sampleName, this.#format) === undefined) {
      this.#latest = this.#find(sampleName) ?? this.#families.get(sampleName) ?? this.#add(sampleName);
    }
    return this.#latest;
  }

  toFamilies(): readonly MetricFamily[] {
    return Array.from(this.#families.values(), ({ name, type, help, unit, samples }) => ({
      name,
      type,
      ...(help === undefined ? {} : { help }),
      ...(unit === undefined ? {} : { unit }),
      samples,
    }));
  }

  #find(sampleName: string): OpenFamily | undefined {
    for (const name of possibleFamilies(sampleName)) {
      const family = this.#families.get(name);
      if (family && suffixIn(family, sampleName, this.#format) !== undefined) return family;
    }
    return undefined;
  }

  #add(name: string): OpenFamily {
    const family: OpenFamily = { name, type: 'unknown', help: undefined, unit: undefined, samples: [] };
    this.#families.set(name, family);
    return family;
  }
}
