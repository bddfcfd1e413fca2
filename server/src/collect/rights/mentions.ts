const wordBefore = /[\p{L}\p{N}._%+@-]$/u;
const wordAfter = /^[\p{L}\p{N}_%+@-]/u;

/**
 * Whether a JSON text names one of the values by itself: `lea@shop.test` is not named by `clea@shop.test`, nor is
 * `12345` by `123456`. An erasure takes the wider reading; what is handed to a person must not hold another's record.
 */
export function mentionsAny(values: readonly string[]): (json: string) => boolean {
  const needles = values.map((value) => JSON.stringify(value).slice(1, -1).toLowerCase());
  return (json) => {
    const text = json.toLowerCase();
    return needles.some((needle) => {
      for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) {
        const before = text.slice(Math.max(0, at - 2), at);
        const after = text.slice(at + needle.length, at + needle.length + 2);
        if (!wordBefore.test(before) && !wordAfter.test(after)) return true;
      }
      return false;
    });
  };
}
