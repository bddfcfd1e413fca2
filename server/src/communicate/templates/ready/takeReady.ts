import type { ReadyTemplate as ShownReady } from '@vitrail/contracts';
import { Fault, type Pg, wireJson } from '../../../platform/index.ts';
import { readHouse } from '../sql/brand.pg.ts';
import { findKeyed, insertTemplate, insertVersion } from '../sql/templates.pg.ts';
import type { ReadyLanguage } from './layout.ts';
import { contentOf, findReadyTemplate, readyLanguage, readyTemplates } from './readyTemplates.ts';

export interface TakenTemplate {
  readonly id: number;
  readonly version: number;
}

/**
 * The workspace's own of a ready-made template, made when it is not there yet. Safe to repeat and in two transactions at once.
 * Throws `not_found` for a key that is none.
 */
export async function createReadyTemplate(
  tx: Pg,
  { workspace, key, now, actor = 'system:templates' }: { workspace: number; key: string; now: Date; actor?: string },
): Promise<TakenTemplate> {
  const [known] = await tx.rows(findKeyed, { workspace, keys: [key] });
  if (known !== undefined) return known;
  const ready = findReadyTemplate(key);
  if (ready === null) {
    throw new Fault('not_found', 'communicate.no_such_ready_template', 'There is no ready-made template of this key.');
  }
  const house = await tx.row(readHouse, { workspace });
  const language = house?.language ?? 'en';
  const name = ready.names[readyLanguage(language)];
  const row = await tx.row(insertTemplate, { workspace, key, name, channel: ready.channel, actor, at: now });
  if (row === null) {
    // Somebody took it in this moment; theirs is committed, or the insert would have waited.
    const [other] = await tx.rows(findKeyed, { workspace, keys: [key] });
    if (other === undefined) throw new Error('a template of this key was neither stored nor found');
    return other;
  }
  const content = wireJson(contentOf(ready, language));
  await tx.run(insertVersion, { workspace, template: row.id, version: 1, content, note: '', actor, at: now });
  return { id: row.id, version: 1 };
}

/** The template of a message the platform itself sends: as the workspace changed it, else as it comes. */
export const findSystemTemplate = (tx: Pg, workspace: number, key: string, now: Date): Promise<TakenTemplate> =>
  createReadyTemplate(tx, { workspace, key, now });

/** All ready-made templates, with the workspace's own where it was taken. */
export async function listReady(pg: Pg, workspace: number, language: ReadyLanguage): Promise<ShownReady[]> {
  const all = readyTemplates();
  const rows = await pg.rows(findKeyed, { workspace, keys: all.map(({ key }) => key) });
  const taken = new Map(rows.map(({ key, id }) => [key, String(id)]));
  return all.map(({ key, names, about }) => ({
    key,
    name: names[language],
    description: about[language],
    id: taken.get(key) ?? null,
  }));
}
