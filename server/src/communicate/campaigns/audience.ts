import { type Audience, audienceSchema } from '@vitrail/contracts';
import type { Json } from '../../platform/index.ts';

export const emptyAudience: Audience = {
  matched: 0,
  excluded: 0,
  control: 0,
  no_consent: 0,
  suppressed: 0,
  capped: 0,
  no_address: 0,
  holdout: 0,
  already_sent: 0,
  not_in_segment: 0,
  erased: 0,
  willSend: 0,
  complete: false,
};

/** As it stands in the database; nothing counted yet is all zeros. */
export const readAudience = (stored: Json | null): Audience =>
  stored === null ? emptyAudience : audienceSchema.parse(stored);
