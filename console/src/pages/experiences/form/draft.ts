import { type ExperienceContent, type ExperienceRequest, experienceRequestSchema } from '@vitrail/contracts';
import { beginnings, cleanAsking, isAsking } from './capture/captureDraft.ts';

/** What is typed: as it will be kept, but fields that may be left out can still be empty. */
export type Draft = ExperienceRequest;
export type Variant = Draft['variants'][number];
export type Kind = ExperienceContent['kind'];
/** Content with words of its own: everything but changes of what is there, and redirects. */
export type Panel = Extract<ExperienceContent, { texts: unknown }>;
export type Texts = Panel['texts'][string];

export const kinds = [
  'bar',
  'banner',
  'block',
  'modal',
  'slide_in',
  'form',
  'quiz',
  'wheel',
  'survey',
  'change',
  'redirect',
] as const satisfies Kind[];
export const languages = ['fr', 'en'] as const;

export const isPanel = (content: ExperienceContent): content is Panel => 'texts' in content;

type Shared = Pick<Panel, 'texts' | 'link' | 'style' | 'blocks' | 'closable'>;
const noPanel: Shared = { texts: {}, style: {}, blocks: [], closable: true };

function sharedOf(content: ExperienceContent): Shared {
  if (!isPanel(content)) return noPanel;
  const { texts, link, style, blocks, closable } = content;
  return { texts, link, style, blocks, closable };
}

/** The same words and colours as another kind. */
export function withKind(content: ExperienceContent, kind: Kind): ExperienceContent {
  if (content.kind === kind) return content;
  const shared = sharedOf(content);
  switch (kind) {
    case 'bar':
      return { kind, place: 'top', ...shared };
    case 'banner':
      return { kind, selector: '', place: 'before', ...shared };
    case 'block':
      return { kind, selector: '', place: 'inside', ...shared, closable: false };
    case 'modal':
      return { kind, ...shared };
    case 'slide_in':
      return { kind, place: 'right', ...shared };
    case 'form':
      return { ...shared, ...beginnings.form() };
    case 'quiz':
      return { ...shared, ...beginnings.quiz() };
    case 'wheel':
      return { ...shared, ...beginnings.wheel() };
    case 'survey':
      return { ...shared, ...beginnings.survey() };
    case 'change':
      return { kind, changes: [{ action: 'text', selector: '', value: '' }] };
    case 'redirect':
      return { kind, to: '' };
  }
}

export const emptyDraft = (): Draft => ({
  key: '',
  name: '',
  site: null,
  audience: { segments: [], exclude: [], visitors: 'all' },
  when: [],
  trigger: { on: 'load' },
  schedule: {},
  priority: 0,
  group: null,
  caps: {},
  control: 0,
  variants: [{ key: 'a', name: 'A', weight: 1, content: { kind: 'bar', place: 'top', ...noPanel } }],
});

/** A key made of a name: `Livraison offerte à 60 €` → `livraison-offerte-a-60`. */
export const keyOf = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');

/** One more variant like the last one; all weigh the same again. */
export function addVariant(variants: readonly Variant[]): Variant[] {
  const taken = new Set(variants.map(({ key }) => key));
  const letter = [...'abcdefghij'].find((one) => !taken.has(one));
  const last = variants.at(-1);
  if (letter === undefined || last === undefined) return [...variants];
  return evenly([...variants, { ...last, key: letter, name: letter.toUpperCase() }]);
}

/** Weights that are the same for all and add up to 1, in hundredths; the first takes what is left over. */
export function evenly(variants: readonly Variant[]): Variant[] {
  const each = Math.floor(100 / variants.length);
  return variants.map((variant, at) => ({
    ...variant,
    weight: (at === 0 ? 100 - each * (variants.length - 1) : each) / 100,
  }));
}

const said = (text: string | undefined): text is string => text !== undefined && text.trim() !== '';

function cleanTexts(texts: Panel['texts']): Panel['texts'] {
  const kept = Object.entries(texts).map(([language, words]) => [
    language,
    Object.fromEntries(Object.entries(words).filter(([, text]) => said(text))),
  ]);
  return Object.fromEntries(kept.filter(([, words]) => Object.keys(words ?? {}).length > 0));
}

/** Headings that were left empty are none. */
const cleanBlock = (block: Panel['blocks'][number]): Panel['blocks'][number] =>
  'heading' in block
    ? { ...block, heading: Object.fromEntries(Object.entries(block.heading).filter(([, text]) => said(text))) }
    : block;

function cleanContent(content: ExperienceContent): ExperienceContent {
  if (!isPanel(content)) return content;
  const { link, ...rest } = content;
  const style = Object.fromEntries(Object.entries(content.style).filter(([, colour]) => said(colour)));
  const panel = {
    ...rest,
    ...(said(link) ? { link: link.trim() } : {}),
    texts: cleanTexts(content.texts),
    style,
    blocks: content.blocks.map(cleanBlock),
  };
  return isAsking(panel) ? cleanAsking(panel) : panel;
}

/** Without the fields that were left empty. */
export const cleaned = (draft: Draft): Draft => ({
  ...draft,
  group: said(draft.group ?? undefined) ? draft.group : null,
  variants: draft.variants.map((variant) => ({ ...variant, content: cleanContent(variant.content) })),
});

/** It chooses or compares people: then a visitor who has not allowed personalisation does not see it. */
export const isPersonal = ({ audience, variants, control }: Draft): boolean =>
  audience.segments.length > 0 ||
  audience.exclude.length > 0 ||
  audience.visitors !== 'all' ||
  variants.length > 1 ||
  variants.some(({ content }) => content.kind === 'form' && content.ask === 'unknown') ||
  control > 0;

/** Nothing was typed that would be lost. */
export const isSame = (one: Draft, other: Draft): boolean =>
  JSON.stringify(cleaned(one)) === JSON.stringify(cleaned(other));

export type Problem =
  | 'choices'
  | 'consent'
  | 'chances'
  | 'required'
  | 'link'
  | 'colour'
  | 'key'
  | 'weights'
  | 'unique'
  | 'order'
  | 'texts'
  | 'range';
/** What is wrong, by the path of its field: `variants.0.content.link`. */
export type Problems = ReadonlyMap<string, Problem>;

type Checked = { readonly request: ExperienceRequest } | { readonly problems: Problems };

/** What will be sent, or what is still wrong with it. */
export function check(draft: Draft): Checked {
  const parsed = experienceRequestSchema.safeParse(cleaned(draft));
  if (parsed.success && labelled(parsed.data).size === 0) return { request: parsed.data };
  const problems = new Map<string, Problem>(parsed.success ? labelled(parsed.data) : []);
  for (const { path, code } of parsed.error?.issues ?? []) {
    const place = path.join('.');
    if (!problems.has(place)) problems.set(place, problemAt(path, code, draft));
  }
  return { problems };
}

/** A question that asks nothing in any language is no question, nor is a part of a wheel that says nothing. */
function labelled({ variants }: ExperienceRequest): Map<string, Problem> {
  const problems = new Map<string, Problem>();
  const check = (path: string, labels: readonly { readonly label: Readonly<Record<string, string>> }[]): void => {
    for (const [index, { label }] of labels.entries())
      if (Object.keys(label).length === 0) problems.set(`${path}.${index}.label`, 'required');
  };
  for (const [at, { content }] of variants.entries()) {
    if (isAsking(content)) check(`variants.${at}.content.questions`, content.questions);
    if (content.kind === 'wheel') check(`variants.${at}.content.segments`, content.segments);
  }
  return problems;
}

const valueAt = (draft: Draft, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (at, step) => (typeof at === 'object' && at !== null ? Reflect.get(at, step) : undefined),
    draft,
  );

const links = new Set<PropertyKey | undefined>(['link', 'src', 'to', 'value']);

function problemAt(path: readonly PropertyKey[], code: string, draft: Draft): Problem {
  const last = path.at(-1);
  if (code === 'custom' && (last === 'choices' || last === 'consent')) return last;
  if (code === 'custom' && last === 'segments') return 'chances';
  if (last === 'texts') return 'texts';
  if (path[0] === 'schedule') return last === 'until' ? 'order' : 'range';
  if (last === 'variants' && code === 'custom')
    return new Set(draft.variants.map(({ key }) => key)).size < draft.variants.length ? 'unique' : 'weights';
  if (path.includes('style')) return 'colour';
  if (valueAt(draft, path) === '') return 'required';
  if (last === 'key' || last === 'trait') return 'key';
  if (code === 'too_small' && last !== 'weight' && last !== 'goal') return 'required';
  if (links.has(last) && code === 'invalid_format') return 'link';
  return code === 'invalid_type' ? 'required' : 'range';
}
