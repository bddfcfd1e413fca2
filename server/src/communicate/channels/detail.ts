/** What a provider said, fit to be stored and shown: one line, short, without addresses and telephone numbers. */
export const safeDetail = (text: string): string =>
  text
    .replace(/[^\s<>"'(]+@[^\s<>"')]+/g, '…')
    .replace(/\+?\d[\d ().-]{7,}\d/g, '…')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: answers of servers hold line ends
    .replace(/[\u0000-\u001f\u007f]+/g, ' ')
    .trim()
    .slice(0, 300)
    .toWellFormed();
