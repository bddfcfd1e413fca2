/** Vitrail in a shop's pages. `createVitrail().load(writeKey, { host })`; see docs/reference/sdk.md. */
export { type Commerce, type CommerceEventName, type CommerceEvents, commerceOf, type Product } from './commerce.ts';
export { createVitrail } from './createVitrail.ts';
export type {
  CallOptions,
  ConsentPreferences,
  ListenedEvent,
  Listener,
  LoadOptions,
  Properties,
  Touch,
  User,
  Vitrail,
} from './types.ts';
