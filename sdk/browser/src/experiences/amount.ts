/** As money where a currency is known; a currency nobody knows is left out. */
export function amountOf(amount: number, language: string, currency: string | null | undefined): string {
  try {
    if (currency) return new Intl.NumberFormat(language, { style: 'currency', currency }).format(amount);
  } catch {
    // Not a currency.
  }
  return new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(amount);
}
