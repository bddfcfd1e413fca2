/** What one file may cost, so that a hostile or broken one ends with a sentence and not with a dead process. */
export const limits = {
  /** Characters of one record. */
  recordChars: 1_000_000,
  /** Unpacked bytes allowed for each byte read, beyond the first 64 MiB: real exports compress 5 to 60 times. */
  unpackRatio: 250,
  unpackFree: 64 * 1024 * 1024,
  /** Unpacked bytes of one workbook part. A full sheet of 1,048,576 rows of 20 columns has about half of it. */
  workbookPart: 2 * 1024 * 1024 * 1024,
  /** Characters of a workbook's shared texts, which must be held in memory. */
  sharedTexts: 200_000_000,
  columns: 2_000,
  nesting: 20,
} as const;
