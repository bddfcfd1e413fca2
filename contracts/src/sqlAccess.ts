import { z } from 'zod';

/** What one statement may cost. */
export const sqlLimits = {
  /** Characters of its text. */
  characters: 20_000,
  /** Rows of its answer. */
  rows: 10_000,
  /** Rows it may read. */
  rowsRead: 500_000_000,
  seconds: 20,
  memoryMb: 1_000,
  answerMb: 50,
} as const;

export const sqlRequestSchema = z.strictObject({
  query: z.string().trim().min(1).max(sqlLimits.characters).meta({
    description: 'One SELECT in the dialect of ClickHouse, over the published views',
  }),
});

const sqlColumnSchema = z.object({
  name: z.string(),
  type: z.string().meta({ description: "ClickHouse's name of the type" }),
});

/** Values by column. Whole numbers beyond 2^53 are texts, as they would lose digits. */
export const sqlAnswerSchema = z.object({
  columns: z.array(sqlColumnSchema),
  rows: z.array(z.array(z.unknown())),
  truncated: z.boolean().meta({ description: `There are more rows than the ${sqlLimits.rows} answered` }),
  ms: z.int(),
  at: z.iso.datetime().meta({ description: 'When the data was read' }),
});
export type SqlAnswer = z.infer<typeof sqlAnswerSchema>;

/** Why a statement was not run; the `code` of the answer is `decide.sql_` and the reason. */
export const sqlRefusals = [
  'syntax',
  'several',
  'not_a_select',
  'settings',
  'output',
  'parameter',
  'name',
  'other_database',
  'table_function',
  'function',
  'construct',
  'unknown_person',
  'wrong',
  'too_heavy',
  'busy',
] as const;
export type SqlRefusal = (typeof sqlRefusals)[number];

export const sqlSchemaSchema = z.object({
  views: z.array(
    z.object({
      name: z.string(),
      description: z.string(),
      columns: z.array(
        sqlColumnSchema.extend({
          description: z.string(),
          masked: z.boolean().meta({ description: 'Hidden from the reader, who may not see personal data' }),
        }),
      ),
    }),
  ),
  functions: z.array(z.string()).meta({ description: 'In lower case; aggregate functions also with -If, -Distinct …' }),
  timeZone: z.string().meta({ description: 'Times in the views are of this zone' }),
});
export type SqlSchema = z.infer<typeof sqlSchemaSchema>;
