import { browsing } from './browsing.ts';
import { joining } from './joining.ts';
import { ordered } from './ordered.ts';
import { standing } from './standing.ts';

/** Marketing mails of the ready-made journeys, in the order of a customer's life with a shop. */
export const marketingTemplates = [...joining, ...browsing, ...ordered, ...standing];
