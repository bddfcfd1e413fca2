import {
  type Channel,
  type Template,
  type TemplateContent,
  type TemplateProblem,
  templateContentSchema,
  templateKindOf,
} from '@vitrail/contracts';
import { type Actor, recordAudit } from '../../../govern/index.ts';
import { type Deps, Fault, wireJson } from '../../../platform/index.ts';
import { compile } from '../engine/compile.ts';
import { type House, kitFor, loadHouse } from '../load/house.ts';
import { archiveTemplate, findTemplate, insertTemplate, insertVersion, raiseVersion } from '../sql/templates.pg.ts';
import { getTemplate } from './readTemplates.ts';

type SaveDeps = Pick<Deps, 'pg' | 'clock'>;

export interface Edit {
  readonly workspace: number;
  readonly actor: Actor;
}

const writtenBy = ({ actor }: Edit): string => `${actor.kind}:${actor.id}`;

/** What is wrong with the sources, in every language. */
export async function findSourceProblems(house: House, content: TemplateContent): Promise<TemplateProblem[]> {
  const kit = kitFor(house, null);
  const problems: TemplateProblem[] = [];
  for (const language of Object.keys(content.languages)) {
    const made = await compile({ key: '', content, language, kit, parts: house.parts });
    for (const { code, field, line, what, fatal } of made.problems) {
      problems.push({ code, level: fatal ? 'error' : 'warning', language, field, line, what, people: null, of: null });
    }
  }
  return problems;
}

/** Throws `invalid` for what could never be filled in. */
async function refuseBroken(deps: SaveDeps, workspace: number, content: TemplateContent): Promise<void> {
  const problems = await findSourceProblems(await loadHouse(deps, workspace), content);
  const broken = problems.filter(({ level }) => level === 'error');
  const [first] = broken;
  if (first === undefined) return;
  throw new Fault(
    'invalid',
    'communicate.template_broken',
    `This template cannot be filled in (${first.language}, ${first.field}): ${first.what}`,
    { details: { problems: broken } },
  );
}

export async function createTemplate(
  deps: SaveDeps,
  input: Edit & { name: string; channel: Channel; content: TemplateContent; note: string },
): Promise<Template> {
  const { workspace, name, channel, content, note, actor } = input;
  await refuseBroken(deps, workspace, content);
  const at = deps.clock.now();
  const id = await deps.pg.transaction(async (tx) => {
    const by = writtenBy(input);
    const row = await tx.row(insertTemplate, { workspace, key: null, name, channel, actor: by, at });
    if (row === null) throw new Error('insert … returning gave no row');
    const version = { workspace, template: row.id, version: 1, content: wireJson(content), note, actor: by, at };
    await tx.run(insertVersion, version);
    const record = { workspaceId: workspace, actor, action: 'template.created', target: `template ${row.id}` };
    await recordAudit(tx, deps, { ...record, details: { name, channel } });
    return row.id;
  });
  return getTemplate(deps.pg, workspace, id);
}

/**
 * Stores a new version; messages that name an older one keep it. Throws `conflict` with the newest content when the version
 * it is based on is not the newest any more: somebody else saved meanwhile.
 */
export async function changeTemplate(
  deps: SaveDeps,
  input: Edit & {
    id: number;
    name?: string | undefined;
    content: TemplateContent;
    note: string;
    baseVersion?: number | undefined;
  },
): Promise<Template> {
  const { workspace, id, content, note, actor, baseVersion } = input;
  const former = await getTemplate(deps.pg, workspace, id);
  if (templateKindOf[former.channel] !== content.kind) {
    throw new Fault('invalid', 'communicate.template_kind', 'Content of this kind cannot go out on this channel.');
  }
  await refuseBroken(deps, workspace, content);
  const at = deps.clock.now();
  await deps.pg.transaction(async (tx) => {
    const raised = await tx.row(raiseVersion, { workspace, id, name: input.name ?? null, at });
    const version = raised?.version ?? former.version + 1;
    if (baseVersion !== undefined && version !== baseVersion + 1) {
      const theirs = await tx.row(findTemplate, { workspace, id, version: version - 1 });
      throw new Fault(
        'conflict',
        'communicate.template_changed',
        `Version ${version - 1} of this template was saved meanwhile. Look at it, then save yours based on it.`,
        {
          details: {
            version: version - 1,
            content: theirs === null ? null : templateContentSchema.parse(theirs.content),
          },
        },
      );
    }
    const row = { workspace, template: id, version, content: wireJson(content), note, actor: writtenBy(input), at };
    await tx.run(insertVersion, row);
    const record = { workspaceId: workspace, actor, action: 'template.changed', target: `template ${id}` };
    await recordAudit(tx, deps, { ...record, details: { version } });
  });
  return getTemplate(deps.pg, workspace, id);
}

/** Puts a template away, or takes it out again. Messages under way go out. */
export async function putAway(deps: SaveDeps, input: Edit & { id: number; away: boolean }): Promise<Template> {
  const { workspace, id, away, actor } = input;
  const former = await getTemplate(deps.pg, workspace, id);
  if ((former.archivedAt !== null) === away) return former;
  const at = deps.clock.now();
  await deps.pg.transaction(async (tx) => {
    await tx.row(archiveTemplate, { workspace, id, archivedAt: away ? at : null, at });
    const action = away ? 'template.archived' : 'template.restored';
    await recordAudit(tx, deps, { workspaceId: workspace, actor, action, target: `template ${id}` });
  });
  return getTemplate(deps.pg, workspace, id);
}
