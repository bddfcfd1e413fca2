/** What one pass over the bytes of a JSON text tells, before it is parsed. */
export interface JsonMeasure {
  /** Levels of objects and arrays; the scan stops at the first level over the limit. */
  readonly depth: number;
  /** Positions of the elements over the size limit, in any array that is a direct member of the outermost object. */
  readonly oversized: readonly number[];
  /** Some string has a `\u` escape. */
  readonly unicodeEscapes: boolean;
}

const quote = 0x22;
const comma = 0x2c;
const openArray = 0x5b;
const backslash = 0x5c;
const closeArray = 0x5d;
const letterU = 0x75;
const openObject = 0x7b;
const closeObject = 0x7d;

/**
 * Measures without parsing, so that a hostile depth never reaches a parser or a recursive function, and the size of each
 * call of a batch is known without writing it out again. Broken JSON is measured as far as it goes: the parser judges it.
 * Costs ~1 ns a byte (a batch of 100 calls: 50 µs).
 */
export function measureJson(bytes: Uint8Array, limits: { depth: number; elementBytes: number }): JsonMeasure {
  const oversized: number[] = [];
  let unicodeEscapes = false;
  let depth = 0;
  let deepest = 0;
  // The array at depth 2 (a direct member of the outermost object) that is open: position of its element, and its start.
  let inArray = false;
  let element = 0;
  let start = 0;
  for (let at = 0; at < bytes.length; at++) {
    switch (bytes[at]) {
      case quote:
        for (at++; at < bytes.length && bytes[at] !== quote; at++) {
          if (bytes[at] !== backslash) continue;
          at++;
          if (bytes[at] === letterU) unicodeEscapes = true;
        }
        break;
      case openArray:
      case openObject:
        depth++;
        if (depth > deepest) {
          deepest = depth;
          if (deepest > limits.depth) return { depth: deepest, oversized, unicodeEscapes };
        }
        if (depth === 2) {
          inArray = bytes[at] === openArray;
          element = 0;
          start = at + 1;
        }
        break;
      case closeArray:
      case closeObject:
        if (depth === 2 && inArray) {
          if (at - start > limits.elementBytes) oversized.push(element);
          inArray = false;
        }
        depth--;
        break;
      case comma:
        if (depth === 2 && inArray) {
          if (at - start > limits.elementBytes) oversized.push(element);
          element++;
          start = at + 1;
        }
        break;
    }
  }
  return { depth: deepest, oversized, unicodeEscapes };
}
