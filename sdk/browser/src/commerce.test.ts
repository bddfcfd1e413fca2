import { type CommerceProperties, commerceEventNames } from '@vitrail/contracts';
import { expect, expectTypeOf, it } from 'vitest';
import { type CommerceEvents, commerceOf } from './commerce.ts';
import { createVitrail } from './createVitrail.ts';
import type { TrackArguments, Vitrail } from './types.ts';

/** Names whose properties the server's schemas would not take as they are typed here. */
type Unfit = {
  [Name in keyof CommerceEvents]: CommerceEvents[Name] extends CommerceProperties<Name> ? never : Name;
}[keyof CommerceEvents];

it('types the e-commerce events by the very names and properties that the server knows', () => {
  expectTypeOf<keyof CommerceEvents>().toEqualTypeOf<(typeof commerceEventNames)[number]>();
  expectTypeOf<Unfit>().toBeNever();
});

it('checks planned events and leaves others free', () => {
  type Track = Vitrail<CommerceEvents>['track'];
  expectTypeOf<Track>().toBeCallableWith('Product Viewed', { product_id: 'P-1', colour: 'bleu' });
  expectTypeOf<Track>().toBeCallableWith('Something Else', { anything: 1 });
  expectTypeOf<Track>().toBeCallableWith('Something Else');
  type OrderCall = TrackArguments<CommerceEvents, 'Order Completed'>;
  expectTypeOf<[{ order_id: 'O-1'; total: 10 }]>().toExtend<OrderCall>();
  // An order needs its id.
  expectTypeOf<[{ total: 10 }]>().not.toExtend<OrderCall>();
  expectTypeOf<[]>().not.toExtend<OrderCall>();
});

it('calls each helper by its event’s name', () => {
  const calls: unknown[][] = [];
  const vitrail = createVitrail<CommerceEvents>();
  vitrail.track = (...given: readonly unknown[]) => {
    calls.push([...given]);
    return vitrail;
  };
  const shop = commerceOf(vitrail);
  for (const [name, helper] of Object.entries(shop)) {
    Reflect.apply(helper, shop, [{ id: name }]);
    const spoken = name.replace(/^./, (first) => first.toUpperCase()).replace(/\B[A-Z]/g, (letter) => ` ${letter}`);
    expect(calls.at(-1)).toEqual([spoken, { id: name }]);
    expect(commerceEventNames).toContain(spoken);
  }
});
