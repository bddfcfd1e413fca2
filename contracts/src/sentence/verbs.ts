/**
 * Well-known events as verbs. English: past, base form, object. French: participle, object, object after a negation
 * ("n’a pas ouvert d’e-mail"), and whether the verb is reflexive ("s’est inscrite").
 */
export interface EventVerb {
  readonly en: readonly [past: string, base: string, object: string];
  readonly fr: readonly [participle: string, object: string, objectOfNot: string];
  readonly reflexive?: true;
  /** What one such event is called, for measures over them. */
  readonly noun: readonly [english: string, french: string];
}

const verb = (en: EventVerb['en'], fr: EventVerb['fr'], noun: EventVerb['noun']): EventVerb => ({ en, fr, noun });

const verbs: Readonly<Record<string, EventVerb>> = {
  'Products Searched': verb(
    ['searched', 'search', 'for products'],
    ['cherché', 'des produits', 'de produit'],
    ['product searches', 'les recherches de produits'],
  ),
  'Product List Viewed': verb(
    ['viewed', 'view', 'a product list'],
    ['consulté', 'une liste de produits', 'de liste de produits'],
    ['views of product lists', 'les listes de produits vues'],
  ),
  'Product Clicked': verb(
    ['clicked', 'click', 'on a product'],
    ['cliqué', 'sur un produit', 'sur un produit'],
    ['clicks on products', 'les clics sur des produits'],
  ),
  'Product Viewed': verb(
    ['viewed', 'view', 'a product'],
    ['consulté', 'un produit', 'de produit'],
    ['product views', 'les produits vus'],
  ),
  'Product Added': verb(
    ['added', 'add', 'a product to the cart'],
    ['ajouté', 'un produit au panier', 'de produit au panier'],
    ['additions to the cart', 'les ajouts au panier'],
  ),
  'Product Removed': verb(
    ['removed', 'remove', 'a product from the cart'],
    ['retiré', 'un produit du panier', 'de produit du panier'],
    ['removals from the cart', 'les retraits du panier'],
  ),
  'Cart Viewed': verb(
    ['viewed', 'view', 'the cart'],
    ['consulté', 'le panier', 'le panier'],
    ['views of the cart', 'les consultations du panier'],
  ),
  'Checkout Started': verb(
    ['started', 'start', 'a checkout'],
    ['commencé', 'une commande', 'de commande'],
    ['started checkouts', 'les débuts de commande'],
  ),
  'Payment Info Entered': verb(
    ['entered', 'enter', 'payment details'],
    ['saisi', 'un moyen de paiement', 'de moyen de paiement'],
    ['entries of payment details', 'les saisies de paiement'],
  ),
  'Order Completed': verb(
    ['placed', 'place', 'an order'],
    ['passé', 'une commande', 'de commande'],
    ['completed orders', 'les commandes passées'],
  ),
  'Order Cancelled': verb(
    ['cancelled', 'cancel', 'an order'],
    ['annulé', 'une commande', 'de commande'],
    ['cancelled orders', 'les commandes annulées'],
  ),
  'Coupon Applied': verb(
    ['used', 'use', 'a coupon'],
    ['utilisé', 'un code promo', 'de code promo'],
    ['uses of coupons', 'les codes promo utilisés'],
  ),
  'Product Added to Wishlist': verb(
    ['added', 'add', 'a product to the wish list'],
    ['ajouté', 'un produit à la liste d’envies', 'de produit à la liste d’envies'],
    ['additions to the wish list', 'les ajouts à la liste d’envies'],
  ),
  'Product Shared': verb(
    ['shared', 'share', 'a product'],
    ['partagé', 'un produit', 'de produit'],
    ['shared products', 'les produits partagés'],
  ),
  'Product Reviewed': verb(
    ['reviewed', 'review', 'a product'],
    ['donné', 'un avis sur un produit', 'd’avis sur un produit'],
    ['product reviews', 'les avis sur des produits'],
  ),
  'Email Delivered': verb(
    ['received', 'receive', 'an e-mail'],
    ['reçu', 'un e-mail', 'd’e-mail'],
    ['delivered e-mails', 'les e-mails reçus'],
  ),
  'Email Opened': verb(
    ['opened', 'open', 'an e-mail'],
    ['ouvert', 'un e-mail', 'd’e-mail'],
    ['opened e-mails', 'les e-mails ouverts'],
  ),
  'Email Link Clicked': verb(
    ['clicked', 'click', 'in an e-mail'],
    ['cliqué', 'dans un e-mail', 'dans un e-mail'],
    ['clicks in e-mails', 'les clics dans des e-mails'],
  ),
  'Signed Up': verb(
    ['created', 'create', 'an account'],
    ['créé', 'un compte', 'de compte'],
    ['sign-ups', 'les créations de compte'],
  ),
  'Signed In': verb(['signed', 'sign', 'in'], ['connectée', '', ''], ['sign-ins', 'les connexions']),
  'Newsletter Subscribed': verb(
    ['subscribed', 'subscribe', 'to the newsletter'],
    ['inscrite', 'à la newsletter', 'à la newsletter'],
    ['newsletter subscriptions', 'les inscriptions à la newsletter'],
  ),
  Unsubscribed: verb(
    ['unsubscribed', 'unsubscribe', ''],
    ['désabonnée', '', ''],
    ['unsubscriptions', 'les désabonnements'],
  ),
};
const reflexive: ReadonlySet<string> = new Set(['Signed In', 'Newsletter Subscribed', 'Unsubscribed']);
const sameAs: Readonly<Record<string, string>> = {
  'Email Clicked': 'Email Link Clicked',
  'E-mail Opened': 'Email Opened',
  'Email Unsubscribed': 'Unsubscribed',
};

/** The verb for an event, null for an event of the shop's own. */
export function findEventVerb(event: string): EventVerb | null {
  const name = Object.hasOwn(sameAs, event) ? (sameAs[event] ?? event) : event;
  const known = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (known === undefined) return null;
  return reflexive.has(name) ? { ...known, reflexive: true } : known;
}
