/** Size scales. A person keeps one place on each scale, so "in the customer's size" can be learnt from what they buy. */
export const sizeScales = {
  letters: ['XS', 'S', 'M', 'L', 'XL', 'XXL'],
  women: ['34', '36', '38', '40', '42', '44', '46'],
  men: ['38', '40', '42', '44', '46', '48', '50'],
  collar: ['37', '38', '39', '40', '41', '42', '43'],
  womenShoes: ['36', '37', '38', '39', '40', '41'],
  menShoes: ['40', '41', '42', '43', '44', '45', '46'],
  bed: ['140 × 200', '200 × 200', '240 × 220', '260 × 240'],
  towel: ['50 × 100', '70 × 140', '100 × 150'],
  table: ['140 × 140', '160 × 250', '160 × 320'],
  one: ['TU'],
} as const;

export type SizeScale = keyof typeof sizeScales;
