import type { TemplateChecks, TemplateContent } from '@vitrail/contracts';
import type { Deps, JsonObject } from '../../platform/index.ts';
import type { MessageContent } from '../channels/provider.ts';
import { assemble, type MessageLinks } from './assemble.ts';
import { createRenderPool, type RenderPool } from './bulk/renderPool.ts';
import { type CheckInput, checkTemplate } from './checks/checkTemplate.ts';
import type { Compiled } from './engine/compiled.ts';
import type { FieldInput } from './engine/fields.ts';
import type { CountdownLink } from './images/countdownLink.ts';
import {
  type ContextDeps,
  loadContexts,
  type ReadBenefits,
  type RecommendToMany,
  type Subject,
} from './load/contexts.ts';
import { findSite, type House, type HouseSite, kitFor, rememberHouses } from './load/house.ts';
import { chooseLanguage, loadPeople, type Person } from './load/people.ts';
import { MessageProducts } from './load/products.ts';
import { Versions } from './load/versions.ts';

export interface RenderItem {
  readonly message: number;
  /** Any profile row of the customer. */
  readonly profile: number;
  readonly variant: string;
  readonly variables: JsonObject;
  readonly links: MessageLinks;
  /** A test or a preview: what experiments give the person is looked at, and not kept. */
  readonly trial?: boolean;
}

export interface RenderRequest {
  readonly workspace: number;
  readonly template: number;
  readonly version: number;
  /** Up to 500. */
  readonly items: readonly RenderItem[];
}

export type Rendered =
  | {
      readonly message: number;
      readonly ok: true;
      readonly content: MessageContent;
      /** The experiment that chose how its products are recommended: whoever hands it over tells of it. Null: none. */
      readonly recommendedBy: string | null;
    }
  | { readonly message: number; readonly ok: false; readonly detail: string };

export interface RendererDeps extends Pick<Deps, 'pg' | 'ch' | 'clock'> {
  readonly countdown: CountdownLink;
  /** Products for people; without it, whatever is in stock. */
  readonly recommend?: RecommendToMany;
  readonly benefits?: ReadBenefits;
  readonly pool?: RenderPool;
}

/** Writes messages out. */
export interface Renderer {
  /**
   * Each item for itself: one that cannot be written out fails with the reason, the others are there. People, orders and
   * products are asked of the stores once for all of them. Throws only when a store fails.
   */
  render(request: RenderRequest): Promise<readonly Rendered[]>;
  /** The same for content that is not stored: previews and checks. Languages that are wanted count before the people's. */
  renderContent(
    request: Omit<RenderRequest, 'template' | 'version'> & { content: TemplateContent; key: string },
  ): Promise<readonly Rendered[]>;
  /** What is wrong with content, tried with real customers. Nothing is sent. */
  check(input: CheckInput): Promise<TemplateChecks>;
  stop(): Promise<void>;
}

type Group = { language: string; site: HouseSite | null; items: { item: RenderItem; person: Person | undefined }[] };

export function createRenderer(deps: RendererDeps): Renderer {
  const pool = deps.pool ?? createRenderPool();
  const houses = rememberHouses(deps);
  const versions = new Versions(deps);
  const contexts: ContextDeps = { ...deps, products: new MessageProducts(deps) };

  const fill = async (
    { workspace, items }: Pick<RenderRequest, 'workspace' | 'items'>,
    { content, template, version }: { content: TemplateContent; template: number | string; version: number },
  ): Promise<readonly Rendered[]> => {
    const house = await houses(workspace);
    const people = await loadPeople(
      deps,
      workspace,
      items.map(({ profile }) => profile),
    );
    const rendered = new Map<number, Rendered>();
    for (const group of groupItems(items, { house, people, content })) {
      const { site, language } = group;
      const kit = kitFor(house, site);
      const compiled = await versions.compiled(
        { workspace, template, version },
        { content, language, house, kit, kitName: String(site?.id ?? 0) },
      );
      const stored = typeof template === 'number' ? template : null;
      for (const one of await fillGroup({ contexts, pool }, { workspace, house, compiled, template: stored, group })) {
        rendered.set(one.message, one);
      }
    }
    return items.map(({ message }) => {
      const one = rendered.get(message);
      if (one === undefined) throw new Error('a message was asked for and not written out');
      return one;
    });
  };

  return {
    async render(request) {
      const { workspace, template, version } = request;
      const content = await versions.content(workspace, template, version);
      if (content === null) {
        const detail = 'The template of this message is gone.';
        return request.items.map(({ message }) => ({ message, ok: false, detail }));
      }
      return fill(request, { content, template, version });
    },
    renderContent: (request) => fill(request, { content: request.content, template: request.key, version: 0 }),
    check: (input) => checkTemplate(contexts, input),
    stop: () => pool.stop(),
  };
}

async function fillGroup(
  { contexts, pool }: { contexts: ContextDeps; pool: RenderPool },
  { group, ...whose }: { workspace: number; house: House; compiled: Compiled; template: number | null; group: Group },
): Promise<Rendered[]> {
  const { house, compiled } = whose;
  const subjects = group.items.map(
    ({ item, person }): Subject => ({
      profile: item.profile,
      person,
      variables: item.variables,
      site: group.site,
      variant: item.variant,
      // What is not stored is sent to nobody.
      trial: item.trial === true || whose.template === null,
    }),
  );
  const loaded = await loadContexts(contexts, whose, subjects);
  const now = contexts.clock.now().getTime();
  const inputs = group.items.map(({ item, person }, index): FieldInput => {
    const links = { unsubscribe_url: item.links.unsubscribe, preferences_url: item.links.preferences };
    return {
      context: { ...loaded[index]?.context, ...links },
      speech: {
        language: compiled.language,
        timeZone: validZone(person?.timeZone ?? null) ?? house.timeZone,
        currency: group.site?.currency ?? house.currency,
        now,
      },
    };
  });
  const outcomes = await pool.render(compiled.key, compiled.fields, inputs);
  return group.items.map(({ item, person }, index): Rendered => {
    const outcome = outcomes[index];
    if (outcome === undefined) throw new Error('the threads answered for fewer messages than they were given');
    if (!outcome.ok) return { message: item.message, ok: false, detail: outcome.detail };
    const content = assemble({
      compiled,
      texts: outcome.texts,
      links: item.links,
      toName: person?.name ?? null,
      countdown: contexts.countdown,
    });
    return { message: item.message, ok: true, content, recommendedBy: loaded[index]?.recommendedBy ?? null };
  });
}

function groupItems(
  items: readonly RenderItem[],
  { house, people, content }: { house: House; people: ReadonlyMap<number, Person>; content: TemplateContent },
): Group[] {
  const written = Object.keys(content.languages);
  const groups = new Map<string, Group>();
  for (const item of items) {
    const person = people.get(item.profile);
    const wanted = typeof item.variables.language === 'string' ? item.variables.language : (person?.language ?? null);
    const language = chooseLanguage(written, wanted, content.fallbackLanguage);
    const site = siteOf(house, item.variables);
    const key = `${language}/${site?.id ?? 0}`;
    const group = groups.get(key) ?? { language, site, items: [] };
    group.items.push({ item, person });
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Where it happened, when the event or the caller says so. */
function siteOf(house: House, variables: JsonObject): HouseSite | null {
  const { event } = variables;
  const said = typeof event === 'object' && event !== null && 'site' in event ? event.site : variables.site;
  return said === undefined ? null : findSite(house, said);
}

const zones = new Map<string, boolean>();

/** A trait may hold anything. */
function validZone(zone: string | null): string | null {
  if (zone === null || zone.length > 60) return null;
  let valid = zones.get(zone);
  if (valid === undefined) {
    try {
      new Intl.DateTimeFormat('en', { timeZone: zone });
      valid = true;
    } catch {
      // Not the name of a time zone: the workspace's counts.
      valid = false;
    }
    if (zones.size < 2_000) zones.set(zone, valid);
  }
  return valid ? zone : null;
}
