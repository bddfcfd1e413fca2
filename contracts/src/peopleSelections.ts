import { z } from 'zod';
import { profileSortSchema } from './people.ts';
import { segmentDefinitionSchema } from './segmentDefinition.ts';
import { sortOrderSchema } from './unify.ts';

/** A definition as an address carries it: JSON. */
const definitionTextSchema = z
  .string()
  .max(4_000)
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'must be the definition of a segment, as JSON' });
      return z.NEVER;
    }
  })
  .pipe(segmentDefinitionSchema);
const where = { description: 'Only who passes this definition, as of a segment, now' };

/** Which customers a list is about. */
const whichPeople = {
  identifier: z
    .string()
    .optional()
    .meta({ description: '`namespace:value`, exact after normalisation, e.g. `email:zoe@example.fr`' }),
  q: z
    .string()
    .max(200)
    .optional()
    .meta({ description: 'Words of a name, an e-mail, a telephone or the beginning of any identifier' }),
  known: z
    .stringbool()
    .optional()
    .meta({ description: 'Leave out visitors of whom nothing but browser ids is known (lists only, not searches)' }),
};
export const profileListQuerySchema = z.object({
  ...whichPeople,
  where: definitionTextSchema.optional().meta({ description: `${where.description}. JSON; needs segments.read` }),
  sort: profileSortSchema.optional().meta({
    description:
      'Sort by this; without it the newest profiles come first. A cursor belongs to its sort and order. `name` needs personal.read',
  }),
  order: sortOrderSchema.optional().meta({ description: 'Without it `asc` for names and `desc` for all else' }),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.string().optional(),
});

/** People named one by one, at most. */
export const chosenPeopleLimit = 10_000;
/** People found by a list's filters, at most. */
export const matchingPeopleLimit = 100_000;

/** Some customers: chosen one by one, or all that a list shows. */
export const peopleSelectionSchema = z.union([
  z.strictObject({ ids: z.array(z.string().max(40)).min(1).max(chosenPeopleLimit) }),
  z.strictObject({
    matching: z.strictObject({
      ...whichPeople,
      known: z.boolean().default(true),
      where: segmentDefinitionSchema.optional().meta(where),
    }),
  }),
]);
export type PeopleSelection = z.infer<typeof peopleSelectionSchema>;
export const selectionCountSchema = z.object({
  people: z.number().int().meta({ description: 'Customers selected who exist now' }),
  unknown: z.number().int().meta({ description: 'Ids that name nobody' }),
});

export const peopleExportInputSchema = z.strictObject({
  people: peopleSelectionSchema,
  locale: z.enum(['en', 'fr']).default('en'),
});

export const massErasureInputSchema = z.strictObject({
  people: peopleSelectionSchema,
  expect: z
    .number()
    .int()
    .positive()
    .meta({ description: 'How many people you mean. Nothing happens when the selection holds another number' }),
});
