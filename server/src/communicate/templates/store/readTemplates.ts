import {
  channelSchema,
  type Template,
  type TemplateSummary,
  templateContentSchema,
  type templateListQuerySchema,
  type templateVersionsSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import { type Deps, decodeCursor, encodeCursor, Fault, type Pg, type PgRow } from '../../../platform/index.ts';
import { findTemplate, listTemplates, listVersions } from '../sql/templates.pg.ts';

const gone = (): Fault =>
  new Fault('not_found', 'communicate.no_such_template', 'There is no such template in this workspace.');

/** The number behind an outside id; throws `not_found` for anything else. */
export function templateIdOf(text: string): number {
  const id = /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
  if (id === null) throw gone();
  return id;
}

type Row = Omit<PgRow<typeof findTemplate.row>, 'content'>;

const head = (row: Row): Omit<Template, 'content'> => ({
  id: String(row.id),
  key: row.key,
  name: row.name,
  channel: channelSchema.parse(row.channel),
  version: row.version,
  archivedAt: row.archived_at?.toISOString() ?? null,
  createdBy: row.created_by,
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
});

/** With one version's content, the newest unless told. Throws `not_found`. */
export async function getTemplate(pg: Pg, workspace: number, id: number, version = 0): Promise<Template> {
  const row = await pg.row(findTemplate, { workspace, id, version });
  if (row === null) throw gone();
  return { ...head(row), content: templateContentSchema.parse(row.content) };
}

const position = z.tuple([z.number().int()]);

export async function pageTemplates(
  { pg }: Pick<Deps, 'pg'>,
  workspace: number,
  query: z.output<typeof templateListQuerySchema>,
): Promise<{ items: TemplateSummary[]; next: string | null }> {
  const [below] = query.cursor === undefined ? [2_147_483_647] : decodeCursor(query.cursor, position);
  const rows = await pg.rows(listTemplates, {
    workspace,
    below,
    channel: query.channel ?? null,
    search: query.q ?? '',
    archived: query.archived === 'true',
    limit: query.limit + 1,
  });
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => ({ ...head(row), languages: [...row.languages], subject: row.subject })),
    next: rows.length > query.limit && last !== undefined ? encodeCursor([last.id]) : null,
  };
}

export async function readVersions(
  { pg }: Pick<Deps, 'pg'>,
  workspace: number,
  template: number,
): Promise<z.output<typeof templateVersionsSchema>> {
  const rows = await pg.rows(listVersions, { workspace, template });
  if (rows.length === 0) throw gone();
  return {
    items: rows.map(({ version, note, created_by, created_at }) => ({
      version,
      note,
      createdBy: created_by,
      createdAt: created_at.toISOString(),
    })),
  };
}
