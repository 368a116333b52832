import { DamagedBlockError } from '../errors.ts';

/** Reads what `ByteWriter` wrote; reading past the end is a `DamagedBlockError`. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#at = at;
  }

  get position(): number {
    return this.#at;
  }

  get remaining(): number {
    return this.#bytes.length - this.#at;
  }

  byte(): number {
    const value = this.#bytes[this.#at];
    if (value === undefined) throw this.#tooShort(1);
    this.#at += 1;
    return value;
  }

  varint(): number {
    let value = 0;
    for (let weight = 1; weight < 2 ** 53; weight *= 0x80) {
      const byte = this.byte();
      value += (byte & 0x7f) * weight;
      if (byte < 0x80) {
        if (value <= Number.MAX_SAFE_INTEGER) return value;
        break;
      }
    }
    throw new DamagedBlockError(`the number before byte ${this.#at} is larger than 2^53 - 1`);
  }

  signedVarint(): number {
    const coded = this.varint();
    // Not a bit operation: those would cut it to 32 bits.
    return coded % 2 === 1 ? -(coded + 1) / 2 : coded / 2;
  }

  double(): number {
    if (this.remaining < 8) throw this.#tooShort(8);
    const value = this.#view.getFloat64(this.#at, true);
    this.#at += 8;
    return value;
  }

  #tooShort(wanted: number): DamagedBlockError {
    return new DamagedBlockError(
      `${this.#bytes.length} bytes are too few: ${wanted} more are needed at byte ${this.#at}`,
    );
  }
}
