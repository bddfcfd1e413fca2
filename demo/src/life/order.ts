import type { Variant } from '../catalogue/catalogue.ts';

export interface OrderLine {
  readonly variant: Variant;
  readonly quantity: number;
  /** Unit prices in cents: the list's, and what was paid before any coupon. */
  readonly list: number;
  readonly unit: number;
}

export interface Refund {
  readonly at: number;
  readonly lines: readonly OrderLine[];
  /** In cents. */
  readonly amount: number;
}

/** All amounts in cents; prices include tax, as European ones do. */
export interface Order {
  readonly lines: readonly OrderLine[];
  readonly coupon: string | null;
  readonly discount: number;
  readonly shipping: number;
  readonly total: number;
  readonly tax: number;
  readonly refund: Refund | null;
}

export function linesTotal(lines: readonly OrderLine[]): number {
  let sum = 0;
  for (const line of lines) sum += line.unit * line.quantity;
  return sum;
}
