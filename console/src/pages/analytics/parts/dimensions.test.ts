import { expect, it } from 'vitest';
import { dimensionOf, fieldsFor, textOfDimension } from './dimensions.ts';

it('a choice of a dimension can be read back', () => {
  const fields = fieldsFor('visitors');
  for (const dimension of [{ field: 'device_type' }, { property: 'address.city' }] as const)
    expect(dimensionOf(textOfDimension(dimension), fields)).toEqual(dimension);
  expect(dimensionOf('property: ', fields)).toBeUndefined();
  expect(dimensionOf('', fields)).toBeUndefined();
});

it('whole orders are not split by what stands on their lines', () => {
  expect(fieldsFor('revenue')).toContain('category');
  expect(fieldsFor('aov')).not.toContain('category');
  expect(fieldsFor('orders')).not.toContain('browser');
});
