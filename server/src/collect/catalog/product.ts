import type { ProductAvailability, ProductReason } from '@vitrail/contracts';

/** A field of a feed as it came: text, several of the same name, or a group such as `shipping`. */
export type FeedValue = string | readonly FeedValue[] | { readonly [name: string]: FeedValue };
export type FeedRecord = { readonly [name: string]: FeedValue };

/** One product (in the Merchant sense: one variant that can be bought), checked and normalised. */
export interface Product {
  readonly productId: string;
  /** Variants of one model share it. */
  readonly groupId: string | null;
  readonly title: string;
  readonly description: string | null;
  readonly brand: string | null;
  readonly category: string | null;
  readonly link: string | null;
  readonly imageLink: string | null;
  readonly gtin: string | null;
  readonly size: string | null;
  readonly color: string | null;
  readonly availability: ProductAvailability;
  readonly stock: number | null;
  /** Four decimals, never negative. A sale price outside its dates, or not below the price, is left out. */
  readonly price: { readonly amount: string; readonly currency: string; readonly sale: string | null } | null;
  /** The site this row is about, when the file says so. */
  readonly site: string | null;
  /** Every other field of the feed. */
  readonly attributes: FeedRecord;
}

export type ProductReading =
  | { ok: true; product: Product }
  /** `detail` names the field and quotes the value, shortened. */
  | { ok: false; reason: ProductReason; detail: string };
