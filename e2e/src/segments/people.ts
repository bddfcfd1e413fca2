/** A shop of which everything is known: who bought what when, who opened what, who likes what, who may be mailed. */
export interface Shopper {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly city: string;
  /** Days ago of each purchase of shoes. */
  readonly shoes: readonly number[];
  /** Days ago of each purchase of bags. */
  readonly bags: readonly number[];
  /** Days ago when they last opened an e-mail; null: never. */
  readonly opened: number | null;
  readonly interests: readonly string[];
  readonly mayBeMailed: boolean | null;
}

const firstNames = ['Zoé', 'Jeanne', 'Luc', 'Inès', 'Hugo', 'Chloé', 'Adam', 'Léa', 'Noé', 'Rose'];
const lastNames = ['Moreau', 'Petit', 'Müller', 'Garnier', 'Lefèvre', 'Roux', 'Blanc'];
const cities = ['Lyon', 'Nantes', 'Lille', 'Paris'];
const pick = <Item>(items: readonly Item[], at: number): Item => {
  const item = items[at % items.length];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
};

/** Every combination appears: the numbers are coprime. */
export const shoppers: readonly Shopper[] = Array.from({ length: 210 }, (_, at): Shopper => {
  const shoes = { 0: [], 1: [12], 2: [12, 40], 3: [20, 140], 4: [5, 30, 80] }[at % 5] ?? [];
  return {
    id: `u${at}`,
    email: `${at === 7 ? 'zoe.muller' : `person${at}`}@example.fr`,
    name: `${pick(firstNames, at)} ${pick(lastNames, at)}`,
    city: pick(cities, at),
    shoes,
    bags: at % 4 === 0 ? [15] : [],
    opened: pick([null, 3, 45], at),
    interests: pick([['course', 'vélo'], ['lecture'], ['course'], []], at),
    mayBeMailed: pick([true, true, false, null, true, false, true], at),
  };
});

/** Bought shoes twice in 90 days, opened nothing in 30, likes running, may be mailed: counted without Vitrail. */
export const wanted: readonly Shopper[] = shoppers.filter(
  (one) =>
    one.shoes.filter((days) => days < 90).length >= 2 &&
    (one.opened === null || one.opened >= 30) &&
    one.interests.includes('course') &&
    one.mayBeMailed === true,
);

const day = 86_400_000;

/** The calls that make them, as a client of the shop would send them. */
export function callsOf(one: Shopper, now: number): object[] {
  const at = (daysAgo: number) => new Date(now - daysAgo * day).toISOString();
  const [firstName = '', lastName = ''] = one.name.split(' ');
  const buy = (category: string, daysAgo: number, place: number) => ({
    type: 'track',
    event: 'Order Completed',
    userId: one.id,
    messageId: `${one.id} ${category} ${place}`,
    timestamp: at(daysAgo),
    properties: {
      order_id: `${one.id}-${category}-${place}`,
      total: 60 + place * 10,
      currency: 'EUR',
      products: [
        { product_id: `${category}-${place}`, category, brand: 'Foulée', price: 60 + place * 10, quantity: 1 },
      ],
    },
  });
  const consent =
    one.mayBeMailed === null ? {} : { context: { consent: { categoryPreferences: { email: one.mayBeMailed } } } };
  return [
    {
      type: 'identify',
      userId: one.id,
      messageId: `${one.id} identify`,
      timestamp: at(200),
      traits: { firstName, lastName, email: one.email, city: one.city, interests: one.interests },
      ...consent,
    },
    {
      type: 'page',
      name: 'Accueil',
      userId: one.id,
      messageId: `${one.id} page`,
      timestamp: at(2),
      context: { page: { url: 'https://boutique.example/', path: '/' } },
    },
    ...one.shoes.map((days, place) => buy('Chaussures', days, place)),
    ...one.bags.map((days, place) => buy('Sacs', days, place)),
    ...(one.opened === null
      ? []
      : [
          {
            type: 'track',
            event: 'Email Opened',
            userId: one.id,
            messageId: `${one.id} opened`,
            timestamp: at(one.opened),
            properties: { subject: 'Nouveautés' },
          },
        ]),
  ];
}
