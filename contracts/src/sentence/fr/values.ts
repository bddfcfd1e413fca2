import type { Duration, DurationUnit, MeasureTest, MomentTest, TimeWindow, ValueTest } from '../../segmentTests.ts';
import type { SentenceFormat } from '../format.ts';
import { type Often, oppositeOf, positiveTest, type SaidTest } from '../saidTest.ts';

export type Write = (value: number) => string;

/** In French 0 and 1,5 are singular. */
const isOne = (n: number): boolean => Math.abs(n) < 2;

const units: Readonly<Record<DurationUnit, { one: string; many: string; last: string; lasts: string }>> = {
  minute: { one: 'minute', many: 'minutes', last: 'la minute écoulée', lasts: 'dernières' },
  hour: { one: 'heure', many: 'heures', last: 'l’heure écoulée', lasts: 'dernières' },
  day: { one: 'jour', many: 'jours', last: 'les dernières 24 heures', lasts: 'derniers' },
  week: { one: 'semaine', many: 'semaines', last: 'la semaine écoulée', lasts: 'dernières' },
  month: { one: 'mois', many: 'mois', last: 'le mois écoulé', lasts: 'derniers' },
  year: { one: 'an', many: 'ans', last: 'l’année écoulée', lasts: 'dernières' },
};

/** « 30 jours ». */
export const length = ({ n, unit }: Duration, f: SentenceFormat): string =>
  n === 1 && unit === 'day' ? '24 heures' : `${f.number(n)} ${isOne(n) ? units[unit].one : units[unit].many}`;

/** « les 30 derniers jours » ; « les 2 dernières années ». */
function lastSpan({ n, unit }: Duration, f: SentenceFormat): string {
  const words = units[unit];
  if (n === 1) return words.last;
  return `les ${f.number(n)} ${words.lasts} ${unit === 'year' ? 'années' : words.many}`;
}
const next: Readonly<Record<DurationUnit, string>> = {
  minute: 'la prochaine minute',
  hour: 'la prochaine heure',
  day: 'les prochaines 24 heures',
  week: 'la prochaine semaine',
  month: 'le prochain mois',
  year: 'la prochaine année',
};
const nextSpan = (duration: Duration, f: SentenceFormat): string =>
  duration.n === 1
    ? next[duration.unit]
    : lastSpan(duration, f).replace('dernière', 'prochaine').replace('dernier', 'prochain');

/** The end of a range is not included: a day is said by the last one that counts. */
export const range = (from: string, to: string, f: SentenceFormat): string =>
  f.isDay(to)
    ? `du ${f.moment(from)} au ${f.moment(f.dayBefore(to))}`
    : `du ${f.moment(from)} jusqu’au ${f.moment(to)}`;

/** « dans les 90 derniers jours » ; empty for ever. */
export function windowText(window: TimeWindow, f: SentenceFormat): string {
  switch (window.kind) {
    case 'ever':
      return '';
    case 'last':
      return `dans ${lastSpan(window, f)}`;
    case 'since':
      return `depuis le ${f.moment(window.from)}`;
    case 'between':
      return range(window.from, window.to, f);
  }
}

/** When the first or last time was. */
export function momentText(test: MomentTest, f: SentenceFormat): string {
  switch (test.op) {
    case 'before':
      return `avant le ${f.moment(test.value)}`;
    case 'after':
      return `à partir du ${f.moment(test.value)}`;
    case 'in_last':
      return `dans ${lastSpan(test, f)}`;
    case 'not_in_last':
      return `il y a plus ${/^[aeiou]/.test(length(test, f)) ? 'd’' : 'de '}${length(test, f)}`;
  }
}

const compared = {
  eq: 'exactement',
  ne: 'autre chose que',
  gt: 'plus de',
  gte: 'au moins',
  lt: 'moins de',
  lte: 'au plus',
};

/** « au moins 100 ». */
export const quantity = (test: MeasureTest, write: Write): string =>
  test.op === 'between'
    ? `entre ${write(test.from)} et ${write(test.to)}`
    : `${compared[test.op]} ${write(test.value)}`;

/** « d’un montant d’au moins 100 € ». */
export function ofQuantity(test: MeasureTest, write: Write): string {
  if (test.op === 'between') return `compris ${quantity(test, write)}`;
  if (test.op === 'ne') return `autre que ${write(test.value)}`;
  const said = quantity(test, write);
  return `${/^[aeé]/.test(said) ? 'd’' : 'de '}${said}`;
}

/** « vaut au moins 100 », or that it does not. */
export function isQuantity(test: MeasureTest, negated: boolean, write: Write): string {
  const said = negated ? oppositeOf(test) : test;
  if (said === null) return `ne vaut pas ${quantity(test, write)}`;
  if (said.op === 'eq') return `vaut ${write(said.value)}`;
  if (said.op === 'ne') return `vaut un nombre autre que ${write(said.value)}`;
  return `vaut ${quantity(said, write)}`;
}

export interface Noun {
  readonly one: string;
  readonly many: string;
  readonly feminine: boolean;
}

/** « au moins 2 commandes », « aucune commande », « une commande ». */
export function howMany(often: Often, noun: Noun, f: SentenceFormat): string {
  const counted = (n: number): string => `${f.number(n)} ${isOne(n) ? noun.one : noun.many}`;
  const orNone = (zero: boolean): string => (zero ? ` (ou ${noun.feminine ? 'aucune' : 'aucun'})` : '');
  switch (often.kind) {
    case 'none':
      return `${noun.feminine ? 'aucune' : 'aucun'} ${noun.one}`;
    case 'some':
      return `${noun.feminine ? 'une' : 'un'} ${noun.one}`;
    case 'outside':
      return `moins de ${counted(often.from)}${orNone(often.zero)} ou plus de ${counted(often.to)}`;
    case 'compare': {
      const { test, zero } = often;
      if (test.op === 'between') return `entre ${f.number(test.from)} et ${counted(test.to)}${orNone(zero)}`;
      if (test.op === 'ne') return `un nombre de ${noun.many} autre que ${f.number(test.value)}${orNone(zero)}`;
      return `${compared[test.op]} ${counted(test.value)}${orNone(zero)}`;
    }
  }
}

const times: Noun = { one: 'fois', many: 'fois', feminine: true };
/** « au moins 2 fois » ; empty when once is enough. */
export const howOften = (often: Often, f: SentenceFormat): string =>
  often.kind === 'some'
    ? ''
    : howMany(often, times, f)
        .replace('exactement 1 fois', 'exactement une fois')
        .replace('(ou aucune)', '(ou jamais)');

function anniversary(before: number, after: number, f: SentenceFormat): string {
  const days = (n: number): string => `${f.number(n)} ${isOne(n) ? 'jour' : 'jours'}`;
  if (before === 0 && after === 0) return 'aujourd’hui';
  if (after === 0) return `entre aujourd’hui et dans ${days(before)}`;
  if (before === 0) return `entre il y a ${days(after)} et aujourd’hui`;
  return `entre il y a ${days(after)} et dans ${days(before)}`;
}

function dateText(test: Extract<ValueTest, { type: 'date' }>, negated: boolean, f: SentenceFormat): string {
  const falls = negated ? 'ne tombe pas' : 'tombe';
  switch (test.op) {
    case 'on':
      return `${falls} le ${f.moment(test.value)}`;
    case 'between':
      return `${falls} ${range(test.from, test.to, f)
        .replace(/^du /, 'entre le ')
        .replace(/ (jusqu’)?au /, ' et le ')}${f.isDay(test.to) ? ' inclus' : ''}`;
    case 'in_next':
      return `${falls} dans ${nextSpan(test, f)}`;
    case 'not_in_last':
      return `${negated ? 'ne remonte pas' : 'remonte'} à plus de ${length(test, f)}`;
    case 'anniversary':
      return `${negated ? 'ne revient pas' : 'revient'} (jour et mois) ${anniversary(test.before, test.after, f)}`;
    case 'before':
    case 'after':
      return `${falls} ${momentText({ op: test.op, value: test.value }, f)}`;
    default:
      return `${falls} ${momentText({ op: test.op, n: test.n, unit: test.unit }, f)}`;
  }
}

function positively(test: SaidTest, negated: boolean, f: SentenceFormat): string {
  const verb = (said: string): string => (negated ? `ne ${said} pas` : said);
  const is = negated ? 'n’est pas' : 'est';
  switch (test.type) {
    case 'any':
      return negated ? 'n’a pas de valeur' : 'a une valeur';
    case 'boolean':
      return `${verb('vaut')} ${f.quote(test.value ? 'oui' : 'non')}`;
    case 'number':
      return isQuantity(test, negated, f.number);
    case 'date':
      return dateText(test, negated, f);
    case 'list': {
      const every = test.op === 'has_all' && test.values.length > 1;
      const values = every ? f.allOf(test.values) : f.anyOf(test.values);
      return `${verb('comprend')} ${negated && every ? 'à la fois ' : ''}${values}`;
    }
    case 'text':
      if (test.op === 'in') return `${is} ${f.anyOf(test.values)}`;
      if (test.op === 'is') return `${is} ${f.quote(test.value)}`;
      if (test.op === 'contains') return `${verb('contient')} ${f.quote(test.value)}`;
      if (test.op === 'starts') return `${verb('commence')} par ${f.quote(test.value)}`;
      if (test.op === 'ends') return `${negated ? 'ne se termine pas' : 'se termine'} par ${f.quote(test.value)}`;
      return `${verb('correspond')} au motif ${f.quote(test.value)}`;
  }
}

/** What is said of a value: « est « Lyon » », « ne contient pas « x » (ou n’a pas de valeur) ». */
export function predicate(test: ValueTest, negated: boolean, f: SentenceFormat): string {
  const said = positiveTest(test, negated);
  const text = positively(said.test, said.negated, f);
  if (!said.negated || said.test.type === 'any') return text;
  return said.test.type === 'number' ? `${text} (ou n’est pas un nombre)` : `${text} (ou n’a pas de valeur)`;
}
