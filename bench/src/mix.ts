/**
 * A believable stream of a shop's calls: visits of several minutes that overlap, some of people who come back, some who
 * sign in, some who buy, receipts of tills between them. Same number, same stream.
 */
export interface Mix {
  readonly visitors: number;
  /** Sets message and order ids apart from those of another run. */
  readonly run: string;
}

type Call = Record<string, unknown>;

const agents = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15',
];
const firstNames = ['Zoé', 'Camille', 'Louis', 'Inès', 'Adam', 'Jeanne', 'Sacha', 'Nora', 'Emma', 'Hugo'];
const lastNames = ['Martin', 'Bernard', 'Dubois', 'Petit', 'Leroy', 'Moreau', 'Garnier', 'Faure', 'Lefèvre', 'Ménard'];
const cities = ['Lyon', 'Paris', 'Nantes', 'Bruxelles', 'Genève', 'Lille'];
const products = 5_000;
/** Visits under way at the same time. */
const overlapping = 600;

/** A small generator of even quality; only repeatability matters here. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

interface Visit {
  readonly visitor: number;
  readonly steps: readonly string[];
  at: number;
}

function planVisit(visitor: number, random: () => number): Visit {
  if (random() < 0.08) return { visitor, steps: ['receipt'], at: 0 };
  const steps = ['page', 'page', 'list'];
  for (let views = 1 + Math.floor(random() * 6); views > 0; views--) steps.push('page', 'view');
  if (random() < 0.3) steps.push('add', 'cart');
  if (random() < 0.2) steps.push('identify');
  if (random() < 0.12) steps.push('checkout', 'order');
  else if (random() < 0.01) steps.push('refund');
  return { visitor, steps, at: 0 };
}

/** Endless; each call carries its own message id and the time it is made. */
export function* writeCalls({ visitors, run }: Mix): Generator<Call> {
  const random = createRandom(20_261_121);
  const visits: Visit[] = Array.from({ length: overlapping }, (_, index) => planVisit(index % visitors, random));
  let newcomers = overlapping;
  for (let number = 0; ; number++) {
    const slot = Math.floor(random() * overlapping);
    let visit = visits[slot];
    if (visit === undefined || visit.at === visit.steps.length) {
      const comesBack = random() < 0.4;
      visit = planVisit(comesBack ? Math.floor(random() * visitors) : newcomers++ % visitors, random);
      visits[slot] = visit;
    }
    const step = visit.steps[visit.at++] ?? 'page';
    yield makeCall(step, visit.visitor, number, run);
  }
}

function makeCall(step: string, visitor: number, number: number, run: string): Call {
  const messageId = `ajs-next-${run}-${number}`;
  const timestamp = new Date().toISOString();
  if (step === 'receipt') {
    const context = { traits: { loyaltyCard: `29${String(visitor).padStart(11, '0')}` } };
    const userId = `u-${visitor}`;
    return {
      type: 'track',
      event: 'Order Completed',
      messageId,
      timestamp,
      userId,
      context,
      properties: order(number, run),
    };
  }
  const base = {
    messageId,
    timestamp,
    anonymousId: `a7f3c0de-${String(visitor).padStart(12, '0')}`,
    userId: null,
    context: contextOf(visitor, number),
    integrations: {},
    _metadata: { bundled: ['Segment.io'], unbundled: [], bundledIds: [] },
  };
  const known = { ...base, userId: `u-${visitor}` };
  const product = productOf(number);
  switch (step) {
    case 'page':
      return {
        ...base,
        type: 'page',
        name: 'Product',
        properties: { path: `/p/${number % products}`, title: 'Pull en laine', url: base.context.page.url, search: '' },
      };
    case 'list':
      return {
        ...base,
        type: 'track',
        event: 'Product List Viewed',
        properties: { list_id: 'pulls', category: 'Pulls' },
      };
    case 'add':
      return { ...base, type: 'track', event: 'Product Added', properties: { cart_id: `c-${visitor}`, ...product } };
    case 'cart':
      return {
        ...base,
        type: 'track',
        event: 'Cart Viewed',
        properties: { cart_id: `c-${visitor}`, products: [product] },
      };
    case 'identify':
      return { ...known, type: 'identify', traits: traitsOf(visitor) };
    case 'checkout':
      return { ...known, type: 'track', event: 'Checkout Started', properties: order(number, run) };
    case 'order':
      return { ...known, type: 'track', event: 'Order Completed', properties: order(number, run) };
    case 'refund':
      return {
        ...known,
        type: 'track',
        event: 'Order Refunded',
        properties: { order_id: `o-${run}-${number}`, total: 20, currency: 'EUR' },
      };
    default:
      return { ...base, type: 'track', event: 'Product Viewed', properties: product };
  }
}

function contextOf(visitor: number, number: number) {
  const path = `/p/${number % products}`;
  return {
    page: {
      path,
      referrer: 'https://www.google.com/',
      search: number % 7 === 0 ? '?utm_source=newsletter&utm_medium=email&utm_campaign=automne' : '',
      title: 'Pull en laine mérinos',
      url: `https://shop.example${path}`,
    },
    userAgent: agents[visitor % agents.length],
    locale: 'fr-FR',
    library: { name: 'analytics.js', version: 'npm:next-1.84.3' },
    timezone: 'Europe/Paris',
    // As a consent banner's wrapper of the client adds it to every call.
    ...(visitor % 2 === 0 && { consent: { categoryPreferences: { analytics: true, advertising: visitor % 4 === 0 } } }),
  };
}

const productOf = (number: number) => ({
  product_id: `P-${10_000 + (number % products)}`,
  sku: `SKU-${number % products}-M`,
  name: 'Pull en laine mérinos',
  brand: 'Lumen',
  category: 'Femme/Pulls',
  variant: 'bleu nuit',
  price: 79.9,
  quantity: 1,
  currency: 'EUR',
});

const order = (number: number, run: string) => ({
  order_id: `o-${run}-${number}`,
  total: 155.3,
  tax: 25.88,
  shipping: 4.5,
  currency: number % 20 === 0 ? 'CHF' : 'EUR',
  products: [productOf(number), productOf(number + 1)],
});

const traitsOf = (visitor: number) => ({
  email: `visitor.${visitor}@shop.example`,
  firstName: firstNames[visitor % firstNames.length],
  lastName: lastNames[Math.floor(visitor / 10) % lastNames.length],
  phone: `+336${String(10_000_000 + (visitor % 89_000_000))}`,
  address: { city: cities[visitor % cities.length], postalCode: '69003', country: 'FR' },
  loyaltyCard: `29${String(visitor).padStart(11, '0')}`,
  newsletter: visitor % 3 === 0,
});
