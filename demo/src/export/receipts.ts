import type { Catalogue } from '../catalogue/catalogue.ts';
import { toLocal } from '../life/calendar.ts';
import { composeOrder } from '../life/composeOrder.ts';
import { habitsOf } from '../life/habits.ts';
import { kinds, type Occurrence } from '../life/occurrences.ts';
import type { Order } from '../life/order.ts';
import { orderPlanOf } from '../life/planRetailer.ts';
import { type Store, siteByCode } from '../market.ts';
import type { Person } from '../people/person.ts';
import type { Population } from '../people/population.ts';
import { Random, streams } from '../random/random.ts';
import { commaAmount, csvLine } from './csv.ts';
import { orderIdOf } from './identifiers.ts';

const columns = [
  'ticket',
  'date_heure',
  'magasin',
  'caisse',
  'carte_fidelite',
  'code_article',
  'ean',
  'libelle',
  'quantite',
  'prix_catalogue',
  'prix_unitaire',
  'montant',
  'devise',
  'paiement',
  'code_promo',
  'ticket_origine',
] as const;

/** What each column means to an import. */
export const receiptMapping: Readonly<Record<string, string>> = {
  ticket: 'order_id',
  date_heure: 'ordered_at',
  magasin: 'store',
  caisse: 'ignore',
  carte_fidelite: 'loyalty_card',
  code_article: 'product_id',
  ean: 'property.ean',
  libelle: 'product_name',
  quantite: 'quantity',
  prix_catalogue: 'ignore',
  prix_unitaire: 'unit_price',
  montant: 'line_total',
  devise: 'currency',
  paiement: 'property.payment',
  code_promo: 'coupon',
  ticket_origine: 'refund_of',
};

export const receiptHeader = csvLine(columns, ';');

/** Whether the card was shown at this purchase; forgotten at home about one time in five. */
export function showsCard(seed: number, person: Person, order: number): boolean {
  return person.loyaltyCard !== null && new Random(seed, streams.order, person.index, order + 100_000).chance(0.82);
}

/** The lines of one receipt: a sale, or things taken back, which a till writes as negative quantities. */
export function writeReceipt(population: Population, catalogue: Catalogue, store: Store, one: Occurrence): string[] {
  const { seed } = population;
  const person = population.person(one.person);
  const shopper = { index: one.person, habits: habitsOf(seed, person) };
  const order = composeOrder(seed, catalogue, shopper, orderPlanOf(seed, person, one));
  const takenBack = one.kind === kinds.takeBack;
  const id = orderIdOf(`${store.tillCode}-`, one.person, one.order);
  const random = new Random(seed, streams.order, one.person, one.order + (takenBack ? 300_000 : 200_000));
  const site = siteByCode(store.site);
  const head = [
    takenBack ? `${id}-R` : id,
    frenchTime(toLocal(one.at, site)),
    store.name,
    String(1 + random.int(3)),
    showsCard(seed, person, one.order) ? (person.loyaltyCard ?? '') : '',
  ];
  const payment = random.pick(['CB', 'CB', 'CB', 'ESPECES', 'CARTE CADEAU']);
  return linesOf(order, takenBack).map(({ variant, quantity, list, unit }) =>
    csvLine(
      [
        ...head,
        variant.sku,
        variant.ean,
        `${variant.model.fr} ${variant.colour.fr}${variant.size === 'TU' ? '' : ` T.${variant.size}`}`,
        takenBack ? -quantity : quantity,
        commaAmount(list),
        commaAmount(unit),
        commaAmount(unit * (takenBack ? -quantity : quantity)),
        site.currency,
        takenBack ? 'REMBOURSEMENT' : payment,
        order.coupon ?? '',
        takenBack ? id : '',
      ],
      ';',
    ),
  );
}

function linesOf(order: Order, takenBack: boolean): Order['lines'] {
  return takenBack ? (order.refund?.lines ?? []) : order.lines;
}

/** dd/mm/yyyy HH:mm by the wall clock of the store. */
function frenchTime(local: number): string {
  const date = new Date(local).toISOString();
  return `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)} ${date.slice(11, 16)}`;
}
