import { queryOptions } from '@tanstack/react-query';
import { type Household, profileSummarySchema } from '@vitrail/contracts';
import { z } from 'zod';
import type { Api } from './client.ts';

// As the contract has them, written once more and held to its types: taken from there they would bring the schemas of all of
// matching, 4 kB, to the heaviest page for two small cards.
const householdSchema: z.ZodType<Household> = z.object({
  id: z.string().nullable(),
  size: z.number(),
  members: z.array(
    z.object({
      profile: profileSummarySchema,
      shared: z.array(z.enum(['address', 'phone', 'email'])),
      first: z.boolean(),
    }),
  ),
  address: z.object({ street: z.string(), postalCode: z.string(), city: z.string(), country: z.string() }).nullable(),
  phone: z.string().nullable(),
});
const sideSchema = z.object({ id: z.string(), name: z.string().nullable() });
const questionsSchema = z.object({
  items: z.array(z.object({ id: z.number(), left: sideSchema, right: sideSchema, probability: z.number() })),
});

export const householdQuery = (api: Api, profile: string) =>
  queryOptions({
    queryKey: ['customer', profile, 'household'],
    queryFn: ({ signal }) =>
      api.get(`/api/v1/profiles/${encodeURIComponent(profile)}/household`, householdSchema, { signal }),
  });

/** Open questions about one customer. */
export const customerReviewsQuery = (api: Api, profile: string) =>
  queryOptions({
    queryKey: ['customer', profile, 'reviews'],
    queryFn: ({ signal }) =>
      api.get('/api/v1/reviews', questionsSchema, { query: { state: 'open', profile, limit: 20 }, signal }),
  });
