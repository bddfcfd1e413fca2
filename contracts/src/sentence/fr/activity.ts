import type { ConditionOf, EventMatch } from '../../segmentDefinition.ts';
import { isMomentTest, type MeasureTest, type MomentTest } from '../../segmentTests.ts';
import type { Clause } from '../clause.ts';
import type { SentenceFormat } from '../format.ts';
import { passesZero, readOften } from '../saidTest.ts';
import { findEventVerb } from '../verbs.ts';
import { eventFact, factsText, fieldLabel, ofThe, propertyLabel } from './facts.ts';
import { howOften, isQuantity, length, momentText, windowText } from './values.ts';

/** The verb with its object: done, not done, never done. */
interface Verb {
  readonly yes: string;
  readonly no: string;
  readonly never: string;
}

const words = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ');

const avoir = (participle: string, object: string, objectOfNot = object): Verb => ({
  yes: words('a', participle, object),
  no: words('n’a pas', participle, objectOfNot),
  never: words('n’a jamais', participle, objectOfNot),
});
const reflexive = (participle: string, object: string): Verb => ({
  yes: words('s’est', participle, object),
  no: words('ne s’est pas', participle, object),
  never: words('ne s’est jamais', participle, object),
});
const anything: Verb = { yes: 'a fait quelque chose', no: 'n’a rien fait', never: 'n’a jamais rien fait' };

function verbsOf({ type, events }: EventMatch, f: SentenceFormat): Verb[] {
  if (type === 'page')
    return [
      events.length === 0 ? avoir('visité', 'une page', 'de page') : avoir('visité', `la page ${f.anyOf(events)}`),
    ];
  if (type === 'screen')
    return [
      events.length === 0 ? avoir('ouvert', 'un écran', 'd’écran') : avoir('ouvert', `l’écran ${f.anyOf(events)}`),
    ];
  if (events.length === 0) return [type === 'any' ? anything : avoir('fait', 'une action', 'd’action')];
  const known: Verb[] = [];
  const others: string[] = [];
  for (const event of events) {
    const verb = findEventVerb(event);
    if (verb === null) others.push(event);
    else known.push(verb.reflexive ? reflexive(verb.fr[0], verb.fr[1]) : avoir(...verb.fr));
  }
  return others.length === 0 ? known : [...known, avoir('fait', f.anyOf(others))];
}

/** With its article. */
function nounOf({ type, events }: EventMatch, f: SentenceFormat): string {
  if (type === 'page') return events.length === 0 ? 'les pages visitées' : `les visites de la page ${f.anyOf(events)}`;
  if (type === 'screen') return events.length === 0 ? 'les écrans vus' : `les vues de l’écran ${f.anyOf(events)}`;
  if (events.length === 0) return type === 'any' ? 'toute l’activité' : 'toutes les actions';
  const [only] = events;
  const known = events.length === 1 && only !== undefined ? findEventVerb(only) : null;
  return known?.noun[1] ?? `les événements ${f.anyOf(events)}`;
}

const factsOf = (match: EventMatch, f: SentenceFormat): string =>
  factsText(
    match.where.map((fact) => eventFact(fact, f)),
    f,
  );

/** « a consulté un produit de la marque « x » » ; several events: « a ouvert un e-mail ou a cliqué dans un e-mail ». */
export const did = (match: EventMatch, f: SentenceFormat): string =>
  verbsOf(match, f)
    .map(({ yes }) => yes)
    .join(' ou ') + factsOf(match, f);

export const didNot = (match: EventMatch, f: SentenceFormat, never = false): string =>
  verbsOf(match, f)
    .map((verb) => (never ? verb.never : verb.no))
    .join(' et ') + factsOf(match, f);

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
    const all = [never || often.kind === 'some' ? '' : `${howOften(often, f)} au total`, when].filter(
      (part) => part !== '',
    );
    const text = never ? didNot(match, f, when === '') : did(match, f);
    return all.length === 0 ? text : `${text} (${all.join(', ')})`;
  }
  return never ? words(didNot(match, f, when === ''), when) : words(did(match, f), howOften(often, f), when);
}

function timed(condition: ConditionOf<'event'>, test: MomentTest, negated: boolean, f: SentenceFormat): string {
  const { match, window, measure } = condition;
  const which = `pour la ${measure.of === 'first' ? 'première' : 'dernière'} fois ${momentText(test, f)}`;
  const only = window.kind === 'ever' ? '' : `, en ne comptant que ce qui s’est passé ${windowText(window, f)}`;
  return negated ? `${didNot(match, f)} ${which}${only} (ou ne l’a jamais fait)` : `${did(match, f)} ${which}${only}`;
}

const measured = {
  sum: 'la somme',
  average: 'la moyenne',
  min: 'la plus petite valeur',
  max: 'la plus grande valeur',
  distinct: 'le nombre de valeurs différentes',
};

export function eventClause(condition: ConditionOf<'event'>, negated: boolean, f: SentenceFormat): Clause {
  const { test, measure, match, window } = condition;
  if (isMomentTest(test)) return { link: 'who', text: timed(condition, test, negated, f) };
  if (!('value' in measure)) return { link: 'who', text: counted(condition, test, negated, f) };
  const { value, of } = measure;
  const money = 'field' in value && value.field === 'base_value' && of !== 'distinct';
  const adds = of === 'sum' || of === 'distinct';
  const none = adds ? passesZero(test) !== negated : negated;
  const label = 'field' in value ? fieldLabel(value.field, f) : propertyLabel(value.property, f);
  const subject = `${measured[of]} ${of === 'distinct' ? `pour ${label}` : ofThe(label)} sur ${nounOf(match, f)}${factsOf(match, f)}`;
  const said = isQuantity(test, negated, money ? f.money : f.number);
  return { link: 'whose', text: `${words(subject, windowText(window, f), said)}${none ? ' (ou n’existe pas)' : ''}` };
}

/** « a consulté un produit, puis, dans les 2 heures, a ajouté un produit au panier, puis n’a pas passé de commande… ». */
export function sequenceClause(condition: ConditionOf<'sequence'>, negated: boolean, f: SentenceFormat): Clause {
  const { steps, sameProperty, window } = condition;
  const texts = steps.map(({ match, not, within }, index) => {
    if (index === 0) return did(match, f);
    const soon =
      within === undefined ? '' : within.n === 1 ? `en ${length(within, f)}` : `en moins de ${length(within, f)}`;
    if (!not) return words('puis', soon, did(match, f));
    if (within !== undefined) return `puis ${didNot(match, f)} pendant ${length(within, f)}`;
    return `puis entre-temps ${didNot(match, f)}`;
  });
  const same = sameProperty === undefined ? '' : `, chaque fois avec ${sameWords(propertyLabel(sameProperty, f))}`;
  const when = window.kind === 'ever' ? '' : `, le tout ${windowText(window, f)}`;
  const text = `${texts.join(', ')}${same}${when}`;
  return { link: 'who', text: negated ? `n’a pas suivi ces étapes : ${text}` : text };
}

/** « le panier » → « le même panier ». */
const sameWords = (label: string): string =>
  label.startsWith('l’') ? `le même ${label.slice(2)}` : label.replace(/^(le|la) /, '$1 même ');
