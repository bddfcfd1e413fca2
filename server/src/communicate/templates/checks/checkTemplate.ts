import type { TemplateChecks, TemplateContent, TemplateProblem } from '@vitrail/contracts';
import type { JsonObject } from '../../../platform/index.ts';
import { senderOf } from '../assemble.ts';
import { compile } from '../engine/compile.ts';
import type { Compiled } from '../engine/compiled.ts';
import { broughtNames, type ContextDeps, loadContexts, loadExamples, ownNames } from '../load/contexts.ts';
import { type House, kitFor, loadHouse } from '../load/house.ts';
import { loadPeople } from '../load/people.ts';
import { checkPage } from './checkPage.ts';
import { checkLinks } from './deadLinks.ts';
import { addProbes } from './probes.ts';
import { measureSms } from './smsParts.ts';

const longSubject = 70;
const manyParts = 3;
const mostLinks = 50;

export interface CheckInput {
  readonly workspace: number;
  readonly content: TemplateContent;
  /** Profile rows to try it with. */
  readonly profiles: readonly number[];
  readonly variables: JsonObject;
  /** Also ask every address whether it answers. */
  readonly links: boolean;
  /** Mails people wait for need no way to unsubscribe. */
  readonly service: boolean;
}

/** Looks at a template as people would get it, in every language. Nothing is sent. */
export async function checkTemplate(deps: ContextDeps, input: CheckInput): Promise<TemplateChecks> {
  const house = await loadHouse(deps, input.workspace);
  const tally = new Tally(input.profiles.length);
  const links = new Set<string>();
  let bytes = 0;
  for (const language of Object.keys(input.content.languages)) {
    const kit = kitFor(house, null);
    const made = await compile({ key: '', content: input.content, language, kit, parts: house.parts });
    for (const { code, field, line, what, fatal } of made.problems)
      tally.add({ code, level: fatal ? 'error' : 'warning', language, field, what }, { line });
    if (made.problems.some(({ fatal }) => fatal)) continue;
    checkHouse(made.compiled, tally);
    const seen = await tryOut(deps, { ...input, house, compiled: made.compiled }, tally);
    bytes = Math.max(bytes, seen.bytes);
    for (const link of seen.links) links.add(link);
  }
  if (input.links) await askLinks([...links].slice(0, mostLinks), tally);
  return { problems: tally.problems(input.service), people: input.profiles.length, bytes };
}

type Found = Pick<TemplateProblem, 'code' | 'level' | 'language' | 'field' | 'what'>;

/** The same thing found for many people is one problem. */
class Tally {
  readonly #found = new Map<string, Found & { line: number | null; people: Set<number> }>();
  readonly #of: number;

  constructor(of: number) {
    this.#of = of;
  }

  add(found: Found, { line = null, person }: { line?: number | null; person?: number } = {}): void {
    const key = JSON.stringify([found.code, found.language, found.field, found.what]);
    const known = this.#found.get(key) ?? { ...found, line, people: new Set<number>() };
    if (person !== undefined) known.people.add(person);
    this.#found.set(key, known);
  }

  problems(service: boolean): TemplateProblem[] {
    return [...this.#found.values()]
      .filter(({ code }) => !(service && code === 'no_unsubscribe'))
      .map(({ people, ...found }) => ({
        ...found,
        people: people.size === 0 ? null : people.size,
        of: people.size === 0 ? null : this.#of,
      }))
      .sort((one, other) => Number(one.level === 'warning') - Number(other.level === 'warning'))
      .slice(0, 200);
  }
}

function checkHouse({ content, kit, language, asks }: Compiled, tally: Tally): void {
  for (const name of asks) {
    if (!ownNames.has(name) && !broughtNames.has(name))
      tally.add({ code: 'unknown_variable', level: 'warning', language, field: '', what: name });
  }
  if (content.kind !== 'email') return;
  if (senderOf({ content, kit }) === null)
    tally.add({ code: 'no_sender', level: 'error', language, field: '', what: '' });
  if (kit.postalAddress === '')
    tally.add({ code: 'no_postal_address', level: 'warning', language, field: '', what: '' });
}

const ownLinks = { unsubscribe: 'https://example.invalid/m/u/you', preferences: 'https://example.invalid/m/p/you' };

/** Fills it in for each person and looks at what comes out. */
async function tryOut(
  deps: ContextDeps,
  input: CheckInput & { house: House; compiled: Compiled },
  tally: Tally,
): Promise<{ links: Set<string>; bytes: number }> {
  const { workspace, house, compiled, profiles } = input;
  const variables = (await loadExamples(deps, workspace, input.variables)) ?? input.variables;
  const people = await loadPeople(deps, workspace, profiles);
  const subjects = profiles.map((profile) => ({
    profile,
    person: people.get(profile),
    variables,
    site: null,
    variant: '',
    trial: true,
  }));
  const contexts = await loadContexts(deps, { workspace, house, compiled, template: null }, subjects);
  const { fields, renderer, takeEmpty } = addProbes(compiled.fields);
  renderer.load('', fields);
  const { language } = compiled;
  const speech = { language, timeZone: house.timeZone, currency: house.currency, now: deps.clock.now().getTime() };
  const own = { unsubscribe_url: ownLinks.unsubscribe, preferences_url: ownLinks.preferences };
  const seen = { links: new Set<string>(), bytes: 0 };
  for (const [person, { context }] of contexts.entries()) {
    const [outcome] = renderer.render('', [{ context: { ...context, ...own }, speech }]);
    for (const what of takeEmpty())
      tally.add({ code: 'missing_value', level: 'warning', language, field: '', what }, { person });
    if (outcome === undefined) continue;
    if (!outcome.ok) {
      tally.add({ code: 'liquid_error', level: 'error', language, field: '', what: outcome.detail }, { person });
      continue;
    }
    const texts = new Map(fields.map(({ name }, index) => [name, outcome.texts[index] ?? '']));
    const looked = lookAt(compiled, texts);
    for (const found of looked.found) tally.add({ ...found, language }, { person });
    for (const link of looked.links) seen.links.add(link);
    seen.bytes = Math.max(seen.bytes, looked.bytes);
  }
  return seen;
}

function lookAt({ content, language }: Compiled, texts: ReadonlyMap<string, string>) {
  const found: Omit<Found, 'language'>[] = [];
  if (content.kind === 'text') {
    const body = texts.get('body') ?? '';
    const { parts, foreign } = measureSms(body);
    const why = foreign.length === 0 ? '' : ` (${foreign.slice(0, 10).join(' ')})`;
    if (parts > manyParts) found.push({ code: 'many_parts', level: 'warning', field: 'body', what: `${parts}${why}` });
    return { found, links: [], bytes: Buffer.byteLength(body) };
  }
  if (content.kind !== 'email') {
    return { found, links: [], bytes: Buffer.byteLength([...texts.values()].join('')) };
  }
  const subject = texts.get('subject') ?? '';
  if (subject === '') found.push({ code: 'no_subject', level: 'error', field: 'subject', what: '' });
  if ([...subject].length > longSubject)
    found.push({ code: 'long_subject', level: 'warning', field: 'subject', what: String([...subject].length) });
  const field = content.languages[language]?.mjml === undefined ? 'html' : 'mjml';
  const page = checkPage(texts.get('html') ?? '', { field, own: ownLinks });
  return { found: [...found, ...page.found], links: page.links, bytes: page.bytes };
}

async function askLinks(links: readonly string[], tally: Tally): Promise<void> {
  for (const [what, state] of await checkLinks(links)) {
    if (state === 'dead') tally.add({ code: 'dead_link', level: 'error', language: '', field: '', what });
    if (state === 'unchecked') tally.add({ code: 'unchecked_link', level: 'warning', language: '', field: '', what });
  }
}
