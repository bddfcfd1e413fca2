import type { Properties, Vitrail } from './types.ts';

/**
 * Segment's e-commerce v2 events (https://segment.com/docs/connections/spec/ecommerce/v2/, read November 2026) by the
 * names that the tracking plan and the orders of Vitrail know. Further properties are free.
 */
type Id = string | number;
type Open<Fields> = Fields & Properties;

export type Product = Open<{
  product_id: Id;
  sku?: Id;
  category?: string;
  name?: string;
  brand?: string;
  variant?: string;
  price?: number;
  quantity?: number;
  coupon?: string;
  position?: number;
  url?: string;
  image_url?: string;
}>;
type ProductEvent = Product & { value?: number; currency?: string };
type CartProductEvent = ProductEvent & { cart_id?: Id };
type WishlistEvent = ProductEvent & { wishlist_id?: Id; wishlist_name?: string };
type ListEvent = Open<{ list_id?: Id; category?: string; products?: Product[] }>;
type Facet = { type: string; value: string };
type Promotion = Open<{ promotion_id: Id; creative?: string; name?: string; position?: string | number }>;
type CheckoutStep = Open<{ checkout_id?: Id; step?: number; shipping_method?: string; payment_method?: string }>;
type Coupon = Open<{ order_id?: Id; cart_id?: Id; coupon_id?: Id; coupon_name?: string }>;
type Sharing = { share_via?: string; share_message?: string; recipient?: string; url?: string };
/** Amounts in the main unit: 59.9 is fifty-nine euros ninety. */
type OrderFields = {
  checkout_id?: Id;
  affiliation?: string;
  subtotal?: number;
  /** What the customer pays: products, tax and shipping, less discount. */
  total?: number;
  /** Products, less discount, without tax and shipping. */
  revenue?: number;
  value?: number;
  shipping?: number;
  tax?: number;
  discount?: number;
  coupon?: string;
  currency?: string;
  products?: Product[];
};
type OrderEvent = Open<OrderFields & { order_id: Id }>;

export interface CommerceEvents {
  'Products Searched': Open<{ query: string }>;
  'Product List Viewed': ListEvent;
  'Product List Filtered': ListEvent & { filters?: Facet[]; sorts?: Facet[] };
  'Promotion Viewed': Promotion;
  'Promotion Clicked': Promotion;
  'Product Clicked': ProductEvent;
  'Product Viewed': ProductEvent;
  'Product Added': CartProductEvent;
  'Product Removed': CartProductEvent;
  'Cart Viewed': Open<{ cart_id?: Id; products?: Product[]; value?: number; currency?: string }>;
  'Checkout Started': Open<OrderFields & { order_id?: Id }>;
  'Checkout Step Viewed': CheckoutStep;
  'Checkout Step Completed': CheckoutStep;
  'Payment Info Entered': CheckoutStep & { order_id?: Id };
  'Order Completed': OrderEvent;
  'Order Updated': OrderEvent;
  'Order Refunded': OrderEvent;
  'Order Cancelled': OrderEvent;
  'Coupon Entered': Coupon;
  'Coupon Applied': Coupon & { discount?: number };
  'Coupon Denied': Coupon & { reason?: string };
  'Coupon Removed': Coupon & { discount?: number };
  'Product Added to Wishlist': WishlistEvent;
  'Product Removed from Wishlist': WishlistEvent;
  'Wishlist Product Added to Cart': CartProductEvent & WishlistEvent;
  'Product Shared': ProductEvent & Sharing;
  'Cart Shared': Open<Sharing & { cart_id?: Id; products?: Product[] }>;
  'Product Reviewed': Open<{ product_id: Id; review_id?: Id; review_body?: string; rating?: number }>;
}

export type CommerceEventName = keyof CommerceEvents;

type Helper<Name extends CommerceEventName> =
  Partial<CommerceEvents[Name]> extends CommerceEvents[Name]
    ? (properties?: CommerceEvents[Name]) => void
    : (properties: CommerceEvents[Name]) => void;

/** A function for each event a shop always has. */
export interface Commerce {
  productsSearched: Helper<'Products Searched'>;
  productListViewed: Helper<'Product List Viewed'>;
  productClicked: Helper<'Product Clicked'>;
  productViewed: Helper<'Product Viewed'>;
  productAdded: Helper<'Product Added'>;
  productRemoved: Helper<'Product Removed'>;
  cartViewed: Helper<'Cart Viewed'>;
  checkoutStarted: Helper<'Checkout Started'>;
  orderCompleted: Helper<'Order Completed'>;
  orderRefunded: Helper<'Order Refunded'>;
}

/** `commerceOf(vitrail).productAdded({ product_id: 'P-1', price: 19.9, quantity: 1 })`. */
export function commerceOf(client: Pick<Vitrail<CommerceEvents>, 'track'>): Commerce {
  return {
    productsSearched: (properties) => void client.track('Products Searched', properties),
    productListViewed: (properties) => void client.track('Product List Viewed', properties),
    productClicked: (properties) => void client.track('Product Clicked', properties),
    productViewed: (properties) => void client.track('Product Viewed', properties),
    productAdded: (properties) => void client.track('Product Added', properties),
    productRemoved: (properties) => void client.track('Product Removed', properties),
    cartViewed: (properties) => void client.track('Cart Viewed', properties),
    checkoutStarted: (properties) => void client.track('Checkout Started', properties),
    orderCompleted: (properties) => void client.track('Order Completed', properties),
    orderRefunded: (properties) => void client.track('Order Refunded', properties),
  };
}
