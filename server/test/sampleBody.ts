import { z } from 'zod';

const listOfSchemas = z.array(z.looseObject({}));
const schemaSchema = z.looseObject({
  $ref: z.string().optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  default: z.unknown().optional(),
  examples: z.array(z.unknown()).optional(),
  anyOf: listOfSchemas.optional(),
  oneOf: listOfSchemas.optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  format: z.string().optional(),
  properties: z.record(z.string(), z.looseObject({})).optional(),
  required: z.array(z.string()).optional(),
  items: z.looseObject({}).optional(),
  minLength: z.number().optional(),
  minimum: z.number().optional(),
});

const texts: Readonly<Record<string, string>> = {
  email: 'somebody@shop.example',
  'date-time': '2026-01-01T00:00:00.000Z',
  date: '2026-01-01',
  uuid: '00000000-0000-4000-8000-000000000000',
  uri: 'https://shop.example/',
};

/** The value itself, or each of its alternatives. */
function variantsOf(schema: z.output<typeof schemaSchema>, definitions: Definitions): z.output<typeof schemaSchema>[] {
  const name = schema.$ref?.split('/').at(-1);
  const target = name === undefined ? undefined : definitions[name];
  if (target !== undefined) return variantsOf(schemaSchema.parse(target), definitions);
  const choices = schema.anyOf ?? schema.oneOf;
  return choices === undefined
    ? [schema]
    : choices.flatMap((choice) => variantsOf(schemaSchema.parse(choice), definitions));
}

type Definitions = Readonly<Record<string, unknown>>;
/** Values to use for properties by name: ids of the things under attack. */
export type Known = Readonly<Record<string, string | number>>;

/** What may hold itself (groups in groups) ends here. */
const deepest = 8;

function sample(schema: unknown, known: Known, definitions: Definitions, depth = 0): unknown {
  const [variant = {}] = variantsOf(schemaSchema.parse(schema ?? {}), definitions);
  if (variant.const !== undefined) return variant.const;
  if (variant.enum !== undefined) return variant.enum[0];
  if (variant.examples !== undefined) return variant.examples[0];
  if (variant.default !== undefined) return variant.default;
  const type = Array.isArray(variant.type) ? variant.type[0] : variant.type;
  if (type === 'object') {
    const properties = Object.entries(variant.properties ?? {});
    const wanted = properties.filter(([name]) => name in known || (variant.required?.includes(name) ?? false));
    return Object.fromEntries(
      wanted.map(([name, property]) => [name, known[name] ?? sample(property, known, definitions, depth + 1)]),
    );
  }
  if (type === 'array')
    return variant.items === undefined || depth > deepest ? [] : [sample(variant.items, known, definitions, depth + 1)];
  if (type === 'integer' || type === 'number') return Math.max(1, variant.minimum ?? 1);
  if (type === 'boolean') return true;
  return texts[variant.format ?? ''] ?? 'x'.repeat(Math.max(3, variant.minLength ?? 0));
}

/** One valid-looking value for each alternative of a JSON Schema, with known ids in place of made-up ones. */
export function sampleBodies(schema: unknown, known: Known, definitions: Definitions): unknown[] {
  return variantsOf(schemaSchema.parse(schema ?? {}), definitions).map((variant) =>
    sample(variant, known, definitions),
  );
}
