/** What the shop tells of the page and the cart; what e-commerce events say is noted by itself. */
export interface Facts {
  readonly cart?:
    | {
        readonly value?: number | undefined;
        readonly items?: number | undefined;
        /** Ids of what is in it: never recommended. */
        readonly products?: readonly string[] | undefined;
        readonly currency?: string | undefined;
      }
    | undefined;
  readonly product?:
    | {
        readonly id?: string | undefined;
        readonly category?: string | undefined;
        readonly views?: number | undefined;
      }
    | undefined;
  readonly search?: { readonly query?: string | undefined } | undefined;
}

const record = (value: unknown): Record<string, unknown> => Object(value);
const numberOf = (value: unknown): number | undefined => {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && number >= 0 && number < 1e12 ? number : undefined;
};
const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

const idOf = (product: Record<string, unknown>): string | undefined =>
  textOf(product.product_id) ?? textOf(product.sku);

/** What is worth keeping of a product that is looked at; null when it has no name. */
export function productOf(given: unknown) {
  const properties = record(given);
  const [id, title] = [idOf(properties), textOf(properties.name)];
  if (id === undefined || title === undefined) return null;
  const link = location.pathname + location.search;
  return { id, title, link, price: numberOf(properties.price), currency: textOf(properties.currency) };
}

/** What an event of the e-commerce vocabulary says of cart, product or search; null: nothing. */
export function factsOf(event: string, given: unknown): Facts | null {
  const properties = record(given);
  if (event === 'Product Viewed')
    return {
      product: {
        id: idOf(properties),
        category: textOf(properties.category),
      },
    };
  if (event === 'Products Searched') return { search: { query: textOf(properties.query) } };
  if (event === 'Order Completed') return { cart: { value: 0, items: 0, products: [] } };
  if (event !== 'Cart Viewed') return null;
  const products = Array.isArray(properties.products) ? properties.products.map(record) : [];
  const quantity = (product: Record<string, unknown>): number => numberOf(product.quantity) ?? 1;
  const sum = products.reduce((total, product) => total + (numberOf(product.price) ?? 0) * quantity(product), 0);
  const items = products.reduce((total, product) => total + quantity(product), 0);
  return {
    cart: {
      value: numberOf(properties.value) ?? numberOf(properties.total) ?? sum,
      items,
      products: products.flatMap((product) => idOf(product) ?? []).slice(0, 100),
      currency: textOf(properties.currency),
    },
  };
}
