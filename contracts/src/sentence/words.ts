/** English: without article ("first name"). French: with it ("le prénom"). */
export type Words = readonly [english: string, french: string];

const snake = (name: string): string => name.replace(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase();

const findIn =
  (words: Readonly<Record<string, Words>>) =>
  (name: string): Words | null => {
    const key = snake(name);
    return Object.hasOwn(words, key) ? (words[key] ?? null) : null;
  };

/** Traits that most shops have. */
export const findTraitWords = findIn({
  first_name: ['first name', 'le prénom'],
  last_name: ['last name', 'le nom'],
  name: ['full name', 'le nom complet'],
  salutation: ['salutation', 'la civilité'],
  gender: ['gender', 'le genre'],
  birthday: ['date of birth', 'la date de naissance'],
  age: ['age', 'l’âge'],
  email: ['e-mail address', 'l’adresse e-mail'],
  phone: ['telephone number', 'le numéro de téléphone'],
  language: ['language', 'la langue'],
  address: ['address', 'l’adresse'],
  street: ['street', 'la rue'],
  postal_code: ['postal code', 'le code postal'],
  city: ['city', 'la ville'],
  region: ['region', 'la région'],
  state: ['state', 'la région'],
  country: ['country', 'le pays'],
  company: ['company', 'la société'],
  job_title: ['job title', 'la fonction'],
  website: ['website', 'le site web'],
  created_at: ['customer-since date', 'la date d’inscription'],
  updated_at: ['date of last change', 'la date de dernière modification'],
  interests: ['list of interests', 'la liste des centres d’intérêt'],
  hobbies: ['list of hobbies', 'la liste des loisirs'],
  loyalty_tier: ['loyalty tier', 'le niveau de fidélité'],
  loyalty_points: ['number of loyalty points', 'le nombre de points de fidélité'],
  'points.balance': ['points balance', 'le solde de points'],
  'points.tier': ['tier of points', 'le palier de points'],
  shoe_size: ['shoe size', 'la pointure'],
  size: ['size', 'la taille'],
  favorite_store: ['favourite store', 'le magasin préféré'],
  favorite_brand: ['favourite brand', 'la marque préférée'],
  favorite_category: ['favourite category', 'la catégorie préférée'],
  timezone: ['time zone', 'le fuseau horaire'],
});

/** Properties of events that clients send under these names. */
export const findPropertyWords = findIn({
  price: ['price', 'le prix'],
  color: ['colour', 'la couleur'],
  colour: ['colour', 'la couleur'],
  size: ['size', 'la taille'],
  variant: ['variant', 'la variante'],
  quantity: ['quantity', 'la quantité'],
  value: ['value', 'la valeur'],
  total: ['total', 'le total'],
  revenue: ['revenue', 'le chiffre d’affaires'],
  discount: ['discount', 'la remise'],
  name: ['name', 'le nom'],
  title: ['title', 'le titre'],
  query: ['search', 'la recherche'],
  rating: ['rating', 'la note'],
  coupon: ['coupon', 'le code promo'],
  cart_id: ['cart', 'le panier'],
  checkout_id: ['checkout', 'le passage en caisse'],
  product_id: ['product number', 'le numéro de produit'],
  sku: ['article number', 'la référence'],
  subject: ['subject', 'l’objet'],
  payment_method: ['payment method', 'le moyen de paiement'],
  shipping_method: ['shipping method', 'le mode de livraison'],
});

/** Fields of events, order lines and orders. */
export const findFieldWords = findIn({
  site: ['site', 'le site'],
  channel: ['channel', 'le canal'],
  device_type: ['device', 'l’appareil'],
  os: ['operating system', 'le système'],
  browser: ['browser', 'le navigateur'],
  country: ['country', 'le pays'],
  language: ['language', 'la langue'],
  campaign_source: ['campaign source', 'la source de campagne'],
  campaign_medium: ['campaign medium', 'le support de campagne'],
  campaign_name: ['campaign', 'la campagne'],
  path: ['path of the page', 'le chemin de la page'],
  url: ['address of the page', 'l’adresse de la page'],
  referrer: ['page they came from', 'la page de provenance'],
  product_id: ['product', 'le produit'],
  category: ['category', 'la catégorie'],
  brand: ['brand', 'la marque'],
  order_id: ['order number', 'le numéro de commande'],
  currency: ['currency', 'la devise'],
  base_value: ['value', 'la valeur'],
  coupon: ['coupon', 'le code promo'],
  status: ['status', 'l’état'],
});

/** Kinds of identifiers; the French ones with their article. */
export const findNamespaceWords = findIn({
  email: ['e-mail address', 'une adresse e-mail'],
  phone: ['telephone number', 'un numéro de téléphone'],
  user_id: ['customer number', 'un numéro de client'],
  anonymous_id: ['anonymous id', 'un identifiant anonyme'],
  loyalty_card: ['loyalty card', 'une carte de fidélité'],
  webpush: ['browser for notifications', 'un navigateur pour notifications'],
  device_token: ['device for push messages', 'un appareil pour notifications'],
});

/** What people say yes or no to; written to follow "agreed to" and "a accepté". */
export const findPurposeWords = findIn({
  email: ['e-mail', 'les e-mails'],
  newsletter: ['the newsletter', 'la newsletter'],
  sms: ['SMS', 'les SMS'],
  phone: ['calls', 'les appels'],
  post: ['post', 'le courrier'],
  push: ['push notifications', 'les notifications'],
  analytics: ['audience measurement', 'la mesure d’audience'],
  advertising: ['advertising', 'la publicité'],
  marketing: ['marketing', 'le marketing'],
  personalisation: ['personalisation', 'la personnalisation'],
  personalization: ['personalisation', 'la personnalisation'],
});

/** Personas by the name they have until the workspace gives them another. */
export const findPersonaWords = findIn({
  champions: ['Champions', 'Champions'],
  loyal: ['Loyal', 'Fidèles'],
  potential: ['Potential loyalists', 'Fidèles en devenir'],
  new: ['New customers', 'Nouveaux clients'],
  promising: ['Promising', 'Prometteurs'],
  needs_attention: ['Need attention', 'À surveiller'],
  about_to_sleep: ['About to sleep', 'En voie d’endormissement'],
  at_risk: ['At risk', 'À risque'],
  cant_lose: ['Can’t lose', 'À ne pas perdre'],
  hibernating: ['Hibernating', 'En sommeil'],
  lost: ['Lost', 'Perdus'],
  prospects: ['Prospects', 'Prospects'],
});

/** Numbers foreseen of a buyer. */
export const findPredictionWords = findIn({
  order_30: ['probability of an order within 30 days', 'la probabilité de commander sous 30 jours'],
  order_90: ['probability of an order within 90 days', 'la probabilité de commander sous 90 jours'],
  churn: ['probability of leaving', 'la probabilité de départ'],
  orders_90: ['number of orders expected in 90 days', 'le nombre de commandes attendues en 90 jours'],
  orders_365: ['number of orders expected in a year', 'le nombre de commandes attendues en un an'],
  value_90: ['revenue expected in 90 days', 'le chiffre d’affaires attendu en 90 jours'],
  value_365: ['revenue expected in a year', 'le chiffre d’affaires attendu en un an'],
  historic_value: ['revenue so far', 'le chiffre d’affaires à ce jour'],
  lifetime_value: ['lifetime value', 'la valeur à vie'],
  discount_affinity: ['share of what they buy reduced', 'la part de ses achats en promotion'],
  best_hour: ['best hour', 'l’heure préférée'],
});

/** Tiers of predicted value. */
export const findTierWords = findIn({
  top: ['best tenth', 'meilleur dixième'],
  high: ['high', 'haute'],
  medium: ['medium', 'moyenne'],
  low: ['low', 'basse'],
});

/** Channels a person answers to. */
export const findChannelWords = findIn({
  email: ['e-mail', 'l’e-mail'],
  sms: ['text message', 'le SMS'],
  push: ['notification', 'la notification'],
  web: ['web', 'le site'],
  store: ['store', 'le magasin'],
});
