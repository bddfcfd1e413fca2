import type { SegmentNode, SegmentVocabulary } from '@vitrail/contracts';
import type { Deps } from '../../platform/index.ts';
import {
  listConsentPurposes,
  listEventNames,
  listProductWords,
  listProperties,
  listTraits,
} from './sql/memberships.ch.ts';
import { listSites } from './sql/segments.pg.ts';

/** Values of these are never offered: they name a person. */
const personal =
  /^(?:e?-?mail|phone|mobile|name|first_?name|last_?name|full_?name|avatar|username|birth.*|address(?:\..*)?|street|zip|postal.*|id|user_?id|loyalty.*)$/i;

const guessType = (examples: readonly string[]): SegmentVocabulary['traits'][number]['type'] => {
  const every = (test: (value: string) => boolean): boolean => examples.length > 0 && examples.every(test);
  if (every((value) => /^(?:true|false)$/i.test(value))) return 'boolean';
  if (every((value) => value !== '' && Number.isFinite(Number(value)))) return 'number';
  if (every((value) => /^\d{4}-\d{2}-\d{2}(?:$|[T ])/.test(value))) return 'date';
  return examples.some((value) => value.startsWith('[')) ? 'list' : 'text';
};

/** Short values worth offering, items of lists by themselves. */
function offer(examples: readonly string[], type: string): string[] {
  const texts =
    type === 'list'
      ? examples.flatMap((value) => (value.startsWith('[') ? readItems(value) : [value]))
      : type === 'text'
        ? examples
        : [];
  return [...new Set(texts)].filter((value) => value !== '' && value.length <= 60).slice(0, 20);
}

function readItems(text: string): string[] {
  try {
    const items: unknown = JSON.parse(text);
    return Array.isArray(items) ? items.filter((item) => typeof item === 'string') : [];
  } catch {
    // Cut or odd text offers nothing.
    return [];
  }
}

/** What exists in a workspace to build segments from. */
export async function readVocabulary(
  deps: Pick<Deps, 'pg' | 'ch'>,
  workspace: number,
  masked: boolean,
): Promise<SegmentVocabulary> {
  const [traits, events, [people], [products], sites] = await Promise.all([
    deps.ch.rows(listTraits, { workspace }),
    deps.ch.rows(listEventNames, { workspace }),
    deps.ch.rows(listConsentPurposes, { workspace }),
    deps.ch.rows(listProductWords, { workspace }),
    deps.pg.rows(listSites, { workspace }),
  ]);
  return {
    traits: traits.map(({ name, people: count, examples }) => {
      const type = guessType(examples);
      return { name, people: count, type, values: masked || personal.test(name) ? [] : offer(examples, type) };
    }),
    events: events.flatMap(({ type, event: name, count }) =>
      type === 'track' || type === 'page' || type === 'screen' ? [{ type, name, count }] : [],
    ),
    consents: [...(people?.purposes ?? [])].toSorted(),
    namespaces: [...(people?.namespaces ?? [])].toSorted(),
    sites: sites.map(({ name }) => name),
    categories: [...(products?.categories ?? [])].toSorted(),
    brands: [...(products?.brands ?? [])].toSorted(),
  };
}

/** Properties of an event, from its newest occurrences. */
export async function readProperties(
  deps: Pick<Deps, 'ch'>,
  workspace: number,
  event: string,
  masked: boolean,
): Promise<{ properties: { name: string; type: SegmentVocabulary['traits'][number]['type']; values: string[] }[] }> {
  const rows = await deps.ch.rows(listProperties, { workspace, event });
  return {
    properties: rows.map(({ name, examples }) => {
      const type = guessType(examples);
      return { name, type, values: masked || personal.test(name) ? [] : offer(examples, type) };
    }),
  };
}

/** Traits that a definition asks about. */
export function traitsOf(node: SegmentNode): string[] {
  switch (node.kind) {
    case 'all':
    case 'any':
      return [...new Set(node.of.flatMap(traitsOf))];
    case 'not':
      return traitsOf(node.of);
    case 'trait':
      return [node.trait];
    default:
      return [];
  }
}
