import type { ConditionOf, EventMatch, EventMeasure } from '../../segmentDefinition.ts';
import { isMomentTest, type MeasureTest, type MomentTest } from '../../segmentTests.ts';
import type { Clause } from '../clause.ts';
import type { SentenceFormat } from '../format.ts';
import { passesZero, readOften } from '../saidTest.ts';
import { findEventVerb } from '../verbs.ts';
import { eventFact, factsText, fieldLabel, propertyLabel } from './facts.ts';
import { howOften, isQuantity, length, momentText, windowText } from './values.ts';

interface Verb {
  readonly past: string;
  readonly base: string;
  readonly object: string;
  /** After "did not" and "never". */
  readonly objectOfNot?: string;
}

function verbsOf(match: EventMatch, f: SentenceFormat): Verb[] {
  const { type, events } = match;
  if (type === 'page')
    return [{ past: 'visited', base: 'visit', object: events.length === 0 ? 'a page' : `the page ${f.anyOf(events)}` }];
  if (type === 'screen')
    return [
      { past: 'opened', base: 'open', object: events.length === 0 ? 'a screen' : `the screen ${f.anyOf(events)}` },
    ];
  if (events.length === 0)
    return type === 'any'
      ? [{ past: 'did', base: 'do', object: 'something', objectOfNot: 'anything' }]
      : [{ past: 'performed', base: 'perform', object: 'an action', objectOfNot: 'any action' }];
  const known: Verb[] = [];
  const others: string[] = [];
  for (const event of events) {
    const verb = findEventVerb(event);
    if (verb === null) others.push(event);
    else known.push({ past: verb.en[0], base: verb.en[1], object: verb.en[2] });
  }
  return others.length === 0 ? known : [...known, { past: 'did', base: 'do', object: f.anyOf(others) }];
}

function nounOf({ type, events }: EventMatch, f: SentenceFormat): string {
  if (type === 'page') return events.length === 0 ? 'page visits' : `visits to the page ${f.anyOf(events)}`;
  if (type === 'screen') return events.length === 0 ? 'screen views' : `views of the screen ${f.anyOf(events)}`;
  if (events.length === 0) return type === 'any' ? 'all activity' : 'all actions';
  const [only] = events;
  const known = events.length === 1 && only !== undefined ? findEventVerb(only) : null;
  return known?.noun[0] ?? `${f.anyOf(events)} events`;
}

const words = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ');
const factsOf = (match: EventMatch, f: SentenceFormat): string =>
  factsText(
    match.where.map((fact) => eventFact(fact, f)),
    f,
  );

/** "viewed a product of brand “x”"; several events: "opened an e-mail or clicked in an e-mail". */
export const did = (match: EventMatch, f: SentenceFormat): string =>
  verbsOf(match, f)
    .map((verb) => words(verb.past, verb.object))
    .join(' or ') + factsOf(match, f);

export function didNot(match: EventMatch, f: SentenceFormat, never = false): string {
  const verbs = verbsOf(match, f).map((verb) =>
    words(never ? `never ${verb.past}` : `did not ${verb.base}`, verb.objectOfNot ?? verb.object),
  );
  return verbs.join(' and ') + factsOf(match, f);
}

function counted(
  { match, window }: ConditionOf<'event'>,
  test: MeasureTest,
  negated: boolean,
  f: SentenceFormat,
): string {
  const often = readOften(test, negated);
  const when = windowText(window, f);
  const never = often.kind === 'none';
  // With several verbs the rest stands in brackets at the end, where it belongs to all of them.
  if (verbsOf(match, f).length > 1) {
    const all = [never || often.kind === 'some' ? '' : `in all ${howOften(often, f)}`, when].filter(
      (part) => part !== '',
    );
    const text = never ? didNot(match, f, when === '') : did(match, f);
    return all.length === 0 ? text : `${text} (${all.join(', ')})`;
  }
  return never ? words(didNot(match, f, when === ''), when) : words(did(match, f), howOften(often, f), when);
}

function timed(condition: ConditionOf<'event'>, test: MomentTest, negated: boolean, f: SentenceFormat): string {
  const { match, window, measure } = condition;
  const which = `for the ${measure.of === 'first' ? 'first' : 'last'} time ${momentText(test, f)}`;
  const only = window.kind === 'ever' ? '' : `, counting only what happened ${windowText(window, f)}`;
  return negated ? `${didNot(match, f)} ${which}${only} (or never did)` : `${did(match, f)} ${which}${only}`;
}

const measured = {
  sum: 'sum of',
  average: 'average of',
  min: 'lowest',
  max: 'highest',
  distinct: 'number of different values of',
};

function measuredText(measure: EventMeasure, f: SentenceFormat): string {
  if (!('value' in measure)) return '';
  const { value } = measure;
  return `${measured[measure.of]} ${'field' in value ? fieldLabel(value.field, f) : propertyLabel(value.property, f)}`;
}

export function eventClause(condition: ConditionOf<'event'>, negated: boolean, f: SentenceFormat): Clause {
  const { test, measure, match, window } = condition;
  if (isMomentTest(test)) return { link: 'who', text: timed(condition, test, negated, f) };
  if (!('value' in measure)) return { link: 'who', text: counted(condition, test, negated, f) };
  const money = 'field' in measure.value && measure.value.field === 'base_value' && measure.of !== 'distinct';
  const adds = measure.of === 'sum' || measure.of === 'distinct';
  const none = adds ? passesZero(test) !== negated : negated;
  const subject = `${measuredText(measure, f)} over ${nounOf(match, f)}${factsOf(match, f)}`;
  const said = isQuantity(test, negated, money ? f.money : f.number);
  return { link: 'whose', text: `${words(subject, windowText(window, f), said)}${none ? ' (or there is none)' : ''}` };
}

/** "viewed a product, then within 2 hours added a product to the cart, then did not place an order within 1 day". */
export function sequenceClause(condition: ConditionOf<'sequence'>, negated: boolean, f: SentenceFormat): Clause {
  const { steps, sameProperty, window } = condition;
  const texts = steps.map(({ match, not, within }, index) => {
    if (index === 0) return did(match, f);
    if (!not) return `then ${within === undefined ? '' : `within ${length(within, f)} `}${did(match, f)}`;
    if (within !== undefined) return `then ${didNot(match, f)} within ${length(within, f)}`;
    return `then ${didNot(match, f)} in between`;
  });
  const same = sameProperty === undefined ? '' : `, each time with the same ${propertyLabel(sameProperty, f)}`;
  const when = window.kind === 'ever' ? '' : `, all ${windowText(window, f)}`;
  const text = `${texts.join(', ')}${same}${when}`;
  return { link: 'who', text: negated ? `did not go through these steps: ${text}` : text };
}
