import { z } from 'zod';

/**
 * Segment's e-commerce v2 events (https://segment.com/docs/connections/spec/ecommerce/v2/, read November 2026): names
 * and properties. Objects are open, and amounts may be numbers or numeric text because real clients send both.
 */

const id = z.union([z.string().min(1), z.number()]);
const amount = z.union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/)]);
const currency = z
  .string()
  .regex(/^[A-Za-z]{3}$/)
  .meta({ description: 'ISO 4217 code' });

const productFields = {
  sku: id,
  category: z.string(),
  name: z.string(),
  brand: z.string(),
  variant: z.string(),
  price: amount,
  quantity: amount,
  coupon: z.string(),
  position: z.number(),
  url: z.string(),
  image_url: z.string(),
};
const someFields = z.object(productFields).partial().shape;
export const productSchema = z.looseObject({ product_id: id, ...someFields });
export type CommerceProduct = z.infer<typeof productSchema>;
const products = z.array(productSchema);

const cart = z.object({ cart_id: id }).partial().shape;
const productEvent = z.looseObject({
  product_id: id,
  ...someFields,
  ...z.object({ value: amount, currency }).partial().shape,
});
const cartProductEvent = productEvent.extend(cart);
const wishlist = z.object({ wishlist_id: id, wishlist_name: z.string() }).partial().shape;

const listFields = z.object({ list_id: id, category: z.string(), products }).partial().shape;
const facets = z.array(z.looseObject({ type: z.string(), value: z.string() }));

const orderFields = z
  .object({
    checkout_id: id,
    affiliation: z.string(),
    subtotal: amount,
    total: amount.meta({ description: 'What the customer pays: products, tax and shipping, less discount' }),
    revenue: amount.meta({ description: 'Products, less discount, without tax and shipping' }),
    value: amount,
    shipping: amount,
    tax: amount,
    discount: amount,
    coupon: z.string(),
    currency,
    products,
  })
  .partial().shape;
const orderEvent = z.looseObject({ order_id: id, ...orderFields });

const checkoutStep = z.looseObject({
  ...z.object({ checkout_id: id, step: z.number(), shipping_method: z.string(), payment_method: z.string() }).partial()
    .shape,
});
const couponFields = z.object({ order_id: id, cart_id: id, coupon_id: id, coupon_name: z.string() }).partial().shape;
const promotion = z.looseObject({
  promotion_id: id,
  ...z.object({ creative: z.string(), name: z.string(), position: z.union([z.string(), z.number()]) }).partial().shape,
});
const shared = z
  .object({ share_via: z.string(), share_message: z.string(), recipient: z.string(), url: z.string() })
  .partial().shape;

/** Event name → schema of its `properties`. */
export const commerceEventSchemas = {
  'Products Searched': z.looseObject({ query: z.string() }),
  'Product List Viewed': z.looseObject(listFields),
  'Product List Filtered': z.looseObject({
    ...listFields,
    ...z.object({ filters: facets, sorts: facets }).partial().shape,
  }),
  'Promotion Viewed': promotion,
  'Promotion Clicked': promotion,
  'Product Clicked': productEvent,
  'Product Viewed': productEvent,
  'Product Added': cartProductEvent,
  'Product Removed': cartProductEvent,
  'Cart Viewed': z.looseObject({ ...cart, ...z.object({ products, value: amount, currency }).partial().shape }),
  'Checkout Started': z.looseObject({ ...z.object({ order_id: id }).partial().shape, ...orderFields }),
  'Checkout Step Viewed': checkoutStep,
  'Checkout Step Completed': checkoutStep,
  'Payment Info Entered': checkoutStep.extend(z.object({ order_id: id }).partial().shape),
  'Order Completed': orderEvent,
  'Order Updated': orderEvent,
  'Order Refunded': orderEvent,
  'Order Cancelled': orderEvent,
  'Coupon Entered': z.looseObject(couponFields),
  'Coupon Applied': z.looseObject({ ...couponFields, ...z.object({ discount: amount }).partial().shape }),
  'Coupon Denied': z.looseObject({ ...couponFields, ...z.object({ reason: z.string() }).partial().shape }),
  'Coupon Removed': z.looseObject({ ...couponFields, ...z.object({ discount: amount }).partial().shape }),
  'Product Added to Wishlist': productEvent.extend(wishlist),
  'Product Removed from Wishlist': productEvent.extend(wishlist),
  'Wishlist Product Added to Cart': cartProductEvent.extend(wishlist),
  'Product Shared': productEvent.extend(shared),
  'Cart Shared': z.looseObject({ ...cart, ...shared, ...z.object({ products }).partial().shape }),
  'Product Reviewed': z.looseObject({
    product_id: id,
    ...z.object({ review_id: id, review_body: z.string(), rating: amount }).partial().shape,
  }),
} as const;

export type CommerceEventName = keyof typeof commerceEventSchemas;
/** Typed properties of one e-commerce event. */
export type CommerceProperties<Name extends CommerceEventName> = z.infer<(typeof commerceEventSchemas)[Name]>;

const isCommerceEventName = (name: string): name is CommerceEventName => Object.hasOwn(commerceEventSchemas, name);

/** Every e-commerce event name of the spec. */
export const commerceEventNames: readonly CommerceEventName[] =
  Object.keys(commerceEventSchemas).filter(isCommerceEventName);

/** Schema of an event's properties when its name is one of the spec's, else null. */
export const findCommerceSchema = (event: string) => (isCommerceEventName(event) ? commerceEventSchemas[event] : null);
