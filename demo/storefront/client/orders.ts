import type { Line, Total } from './basket.ts';
import { recall, remember } from './storage.ts';

export interface Order {
  readonly orderId: string;
  readonly checkoutId: string;
  readonly at: string;
  readonly email: string;
  readonly lines: readonly Line[];
  readonly total: Total;
  readonly coupon: string | null;
  readonly currency: string;
  readonly affiliation: string;
  /** Whether the collector has been told; a reload must not tell it twice. */
  readonly reported: boolean;
}

/** Newest first. */
export const readOrders = (): readonly Order[] => recall<readonly Order[]>('orders', []);

export function saveOrder(order: Order): void {
  const others = readOrders().filter((one) => one.orderId !== order.orderId);
  remember('orders', [order, ...others].slice(0, 20));
}

/** S and nine digits; the generator's start with W, so they never meet. */
export function newOrderId(): string {
  const [draw = 0] = crypto.getRandomValues(new Uint32Array(1));
  return `S${String(draw % 1_000_000_000).padStart(9, '0')}`;
}
