import type { Shipment } from './resolver.ts';

/** UTF-8 takes at most three bytes for each UTF-16 unit. */
const bytesPerUnit = 3;

/**
 * Lines gathered as bytes. The strings can go as soon as they are written: kept in a list until the end of the batch they
 * would all be copied twice by the garbage collector.
 */
export class Payload {
  #bytes: Buffer;
  #length = 0;
  #rows = 0;

  constructor(expectedBytes: number) {
    this.#bytes = Buffer.allocUnsafe(expectedBytes);
  }

  add(line: string): void {
    const needed = this.#length + 1 + line.length * bytesPerUnit;
    if (needed > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2));
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    if (this.#rows > 0) this.#length = this.#bytes.writeUInt8(0x0a, this.#length);
    this.#length += this.#bytes.write(line, this.#length, 'utf8');
    this.#rows += 1;
  }

  toShipment(table: string): Shipment {
    return { table, rows: this.#rows, payload: this.#bytes.subarray(0, this.#length) };
  }
}

export const toPayload = (rows: readonly string[]): Buffer => Buffer.from(rows.join('\n'), 'utf8');
