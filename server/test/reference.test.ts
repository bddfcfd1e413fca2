import { readFile } from 'node:fs/promises';
import {
  collectionLimits,
  defaultRfmBands,
  describeSegmentDefinition,
  findLabel,
  importFields,
  importKinds,
  permissions,
  personaOrProspectKeys,
  personaTable,
  rolePermissions,
  sqlLimits,
  sqlRefusals,
  sqlViews,
} from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { dropReasons } from '../src/collect/pipeline/record.ts';
import { refusalReasons } from '../src/collect/receive/refusal.ts';
import { allowedFunctions } from '../src/decide/sqlAccess/allowedFunctions.ts';
import { variables } from '../src/platform/config/variables.ts';
import { defaultNamespaces, defaultRule } from '../src/unify/identity/identifier.ts';

const reference = new URL('../../docs/reference/', import.meta.url);
const page = (name: string): string => new URL(`${name}.md`, reference).pathname;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** Texts that every variable with a rule refuses; the refusal says what would be right. */
const nonsense = ['\u0000', 'x'.repeat(1_000), 'a:b'];

function describeVariables(): string {
  const rows = Object.entries(variables.shape).map(([name, schema]) => {
    const refusals = nonsense.flatMap((text) => schema.safeParse(text).error?.issues ?? []);
    const rule = [...new Set(refusals.map(({ message }) => message.replace(/^must (be |have )?/, '')))];
    const given = schema.safeParse(undefined).data;
    const value = name.endsWith('_MB') && typeof given === 'number' ? given / 1_048_576 : given;
    const start = value === undefined ? '–' : name === 'VITRAIL_DATA_DIR' ? '`./data`' : `\`${String(value)}\``;
    return [`\`${name}\``, schema.description ?? '', rule.join(' '), start];
  });
  return `# Configuration

<!-- Written by server/test/reference.test.ts from server/src/platform/config/variables.ts. Change the source, then run
npx vitest run --project unit server/test/reference.test.ts -u -->

Settings come from the environment, and from nowhere else. A setting that cannot be read stops the start with one sentence
for each mistake; a name that starts with \`VITRAIL_\` and is not listed here is reported and ignored. An empty variable
counts as not set. Values are never repeated in messages or logs.

${table(['Variable', 'What it is for', 'Value', 'Default'], rows)}

Four settings create something: \`VITRAIL_ADMIN_EMAIL\` with \`VITRAIL_ADMIN_PASSWORD\`, \`VITRAIL_WRITE_KEY\` and
\`VITRAIL_SECRET_KEY\`. Each start makes sure that they are there and changes nothing that is: a password changed in the
console stays.
`;
}

function describeImportFields(): string {
  const sections = importKinds.map((kind) => {
    const rows = importFields[kind].map((field) => {
      const rule = [
        field.required === true ? 'required' : '',
        field.oneOf === undefined ? '' : `one of the ${field.oneOf} fields`,
        field.many === true ? 'several columns may share it' : '',
      ];
      return [`\`${field.name}\``, field.label.en, field.label.fr, field.example, rule.filter(Boolean).join('; ')];
    });
    return `## ${kind}\n\n${table(['Field', 'English', 'Français', 'Example', 'Rule'], rows)}`;
  });
  return `# Import fields

<!-- Written by server/test/reference.test.ts from contracts/src/importFields.ts. Change the source, then run
npx vitest run --project unit server/test/reference.test.ts -u -->

What a column can be mapped to, by kind of import. Besides these:

- \`<system>_id\` – the customer’s id in another system (\`crm_id\`, \`shopify_id\`); every kind but products;
- \`consent.<category>\` – people: a consent of any category;
- \`trait.<name>\` – people: any other trait; \`property.<name>\` – the other kinds: any other property;
- \`ignore\` – the column is left out.

${sections.join('\n\n')}
`;
}

function describePermissions(): string {
  const roles = Object.keys(rolePermissions);
  const rows = permissions.map((permission) => [
    `\`${permission}\``,
    ...Object.values(rolePermissions).map((allowed) => (allowed.includes(permission) ? '✓' : '')),
  ]);
  return `# Roles and permissions

<!-- Written by server/test/reference.test.ts from contracts/src/permissions.ts and govern.ts. Change the source, then run
npx vitest run --project unit server/test/reference.test.ts -u -->

A person has one role in a workspace; a secret key has scopes of its own, chosen when it is made. Every route of the API
names the one permission it needs (\`/api/reference\` of your server). The scopes of a key are the same words, without
\`users.write\`: people are managed by people.

${table(['Permission', ...roles], rows)}

Without \`personal.read\`, names, e-mail addresses, telephone numbers, addresses, identifiers and raw records arrive masked.
`;
}

function describeSql(): string {
  const sections = sqlViews.map(({ name, en, columns }) => {
    const rows = columns.map((column) => [
      `\`${column.name}\``,
      `\`${column.type}\``,
      column.en,
      column.personal === true ? 'masked without `personal.read`' : '',
    ]);
    return `## ${name}\n\n${en}.\n\n${table(['Column', 'Type', 'Meaning', ''], rows)}`;
  });
  const { seconds, memoryMb, rowsRead, rows, answerMb, characters } = sqlLimits;
  const number = (value: number): string => value.toLocaleString('en');
  return `# SQL

<!-- Written by server/test/reference.test.ts from contracts/src/sqlViews.ts and sqlAccess.ts. Change the source, then run
npx vitest run --project unit server/test/reference.test.ts -u -->

What \`POST /api/v1/sql\` and **Analytics → SQL** can read: these views, in the dialect of ClickHouse. In types, \`zone\` is the
time zone of the workspace.

One statement has at most ${number(characters)} characters, ${seconds} seconds, ${number(memoryMb)} MB of memory and
${number(rowsRead)} rows to read; its answer at most ${number(rows)} rows or ${answerMb} MB. The code of a refusal is
\`decide.sql_\` and one of ${sqlRefusals.map((reason) => `\`${reason}\``).join(', ')}.

${sections.join('\n\n')}

## Functions

Aggregate functions also with \`If\`, \`Array\`, \`Map\`, \`ForEach\`, \`Distinct\`, \`OrNull\`, \`OrDefault\`, \`ArgMin\`, \`ArgMax\` and
\`Resample\` at their end. All others are refused. In lower case; case does not matter where it does not to ClickHouse.

${allowedFunctions().join(' ')}
`;
}

function describePersonas(): string {
  const words = (key: string, language: 'en' | 'fr'): string => findLabel('persona', key, language) ?? key;
  const names = personaOrProspectKeys.map((key) => [`\`${key}\``, words(key, 'en'), words(key, 'fr')]);
  const rows = ([5, 4, 3, 2, 1] as const).map((r) => [String(r), ...personaTable[r].map((key) => words(key, 'en'))]);
  const bands = Object.entries(defaultRfmBands).map(([name, values]) => [`\`${name}\``, values.join(', ')]);
  return `# Personas

<!-- Written by server/test/reference.test.ts from contracts/src/rfm.ts. Change the source, then run
npx vitest run --project unit server/test/reference.test.ts -u -->

Every buyer has a recency, a frequency and a monetary value from 1 to 5. Down: recency. Across: the mean of frequency and
monetary value, rounded up.

${table(['Recency', '1', '2', '3', '4', '5'], rows)}

Before the table: with frequency 1, recency 5 is always \`new\` and recency 4 always \`promising\`.

${table(['Key', 'English', 'Français'], names)}

Thresholds of one's own begin with these; recency counts days, fewer than the first is 5.

${table(['Fact', 'Thresholds'], bands)}
`;
}

describe('The reference pages', () => {
  it('list what SQL can read as the program publishes it', async () => {
    await expect(describeSql()).toMatchFileSnapshot(page('sql'));
  });

  it('say which scores make which persona', async () => {
    await expect(describePersonas()).toMatchFileSnapshot(page('personas'));
  });

  it('list every setting as the program reads it', async () => {
    await expect(describeVariables()).toMatchFileSnapshot(page('configuration'));
  });

  it('list every import field as the program knows it', async () => {
    await expect(describeImportFields()).toMatchFileSnapshot(page('import-fields'));
  });

  it('list what each role may do as the program decides it', async () => {
    await expect(describePermissions()).toMatchFileSnapshot(page('roles'));
  });

  it('hold the JSON Schema of segment definitions', async () => {
    const text = `${JSON.stringify(describeSegmentDefinition(), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot(new URL('segment.schema.json', reference).pathname);
  });

  it('explain every reason for a refusal and every limit of the collection door', async () => {
    const text = await readFile(page('collection-door'), 'utf8');
    expect(refusalReasons.filter((reason) => !text.includes(`\`${reason}\``))).toEqual([]);
    const { eventBytes, batchBytes, batchEvents, depth } = collectionLimits;
    const limits = [
      `${eventBytes / 1024} KB`,
      `${batchBytes / 1024} KB`,
      batchEvents.toLocaleString('en'),
      `${depth} levels`,
    ];
    expect(limits.filter((limit) => !text.includes(limit))).toEqual([]);
  });

  it('explain every reason for a drop', async () => {
    const text = await readFile(page('drop-reasons'), 'utf8');
    expect(dropReasons.filter((reason) => !text.includes(`\`${reason}\``))).toEqual([]);
  });

  it('state the rules of every namespace', async () => {
    const text = await readFile(page('namespaces'), 'utf8');
    const rows = [...defaultNamespaces, ['<system>_id', defaultRule] as const].map(
      ([name, { priority, maxPerProfile }]) => `| \`${name}\` | ${priority} | ${maxPerProfile} |`,
    );
    expect(rows.filter((row) => !text.includes(row))).toEqual([]);
  });
});
