/** How the value of a field is read. */
export type FieldType =
  | 'identifier'
  | 'text'
  | 'instant'
  | 'birthday'
  | 'since'
  /** An instant that may lie ahead. */
  | 'end'
  | 'amount'
  | 'quantity'
  | 'currency'
  | 'consent'
  | 'json';

const types: Readonly<Record<string, FieldType>> = {
  id: 'identifier',
  expires_at: 'end',
  user_id: 'identifier',
  email: 'identifier',
  phone: 'identifier',
  loyalty_card: 'identifier',
  anonymous_id: 'identifier',
  group_id: 'identifier',
  order_id: 'identifier',
  refund_of: 'identifier',
  product_id: 'identifier',
  sku: 'identifier',
  message_id: 'identifier',
  gtin: 'identifier',
  postal_code: 'identifier',
  ordered_at: 'instant',
  timestamp: 'instant',
  updated_at: 'instant',
  created_at: 'since',
  birthday: 'birthday',
  total: 'amount',
  revenue: 'amount',
  subtotal: 'amount',
  refunded: 'amount',
  tax: 'amount',
  shipping: 'amount',
  discount: 'amount',
  unit_price: 'amount',
  line_total: 'amount',
  order_total: 'amount',
  quantity: 'quantity',
  currency: 'currency',
  properties: 'json',
  traits: 'json',
  context: 'json',
};

export function fieldType(field: string): FieldType {
  if (field.startsWith('consent.')) return 'consent';
  return types[field] ?? (/^[a-z][a-z0-9_]*_id$/.test(field) ? 'identifier' : 'text');
}

export const isDateType = (type: FieldType): boolean =>
  type === 'instant' || type === 'birthday' || type === 'since' || type === 'end';
export const isNumberType = (type: FieldType): boolean => type === 'amount' || type === 'quantity';
