import { type BrandKit, type TemplateContent, templateContentSchema } from '@vitrail/contracts';
import { LRUCache } from 'lru-cache';
import type { Deps } from '../../../platform/index.ts';
import { compile } from '../engine/compile.ts';
import type { Compiled } from '../engine/compiled.ts';
import { findTemplate } from '../sql/templates.pg.ts';
import type { House } from './house.ts';

/** Contents and what was made of them: a version never changes, so only room limits how long they are kept. */
const mostContents = 500;
const mostCompiled = 200;

/** Templates as they are filled in. One for each process. */
export class Versions {
  readonly #deps: Pick<Deps, 'pg'>;
  readonly #contents = new LRUCache<string, TemplateContent>({ max: mostContents });
  readonly #compiled = new LRUCache<string, Promise<Compiled>>({ max: mostCompiled });

  constructor(deps: Pick<Deps, 'pg'>) {
    this.#deps = deps;
  }

  /** Null when there is none. */
  async content(workspace: number, template: number, version: number): Promise<TemplateContent | null> {
    const key = `${workspace}/${template}/${version}`;
    const known = this.#contents.get(key);
    if (known !== undefined) return known;
    const row = await this.#deps.pg.row(findTemplate, { workspace, id: template, version });
    if (row === null) return null;
    const content = templateContentSchema.parse(row.content);
    this.#contents.set(`${workspace}/${template}/${row.version}`, content);
    return content;
  }

  /** Laid out in one language, with the looks of one site. */
  compiled(
    whose: { workspace: number; template: number | string; version: number },
    parts: { content: TemplateContent; language: string; house: House; kit: BrandKit; kitName: string },
  ): Promise<Compiled> {
    const { content, language, house, kit } = parts;
    const { workspace, template, version } = whose;
    const key = [workspace, template, version, language, parts.kitName, house.mark].join('/');
    let made = this.#compiled.get(key);
    if (made === undefined) {
      made = compile({ key, content, language, kit, parts: house.parts }).then(({ compiled }) => compiled);
      made.catch(() => this.#compiled.delete(key));
      this.#compiled.set(key, made);
    }
    return made;
  }
}
