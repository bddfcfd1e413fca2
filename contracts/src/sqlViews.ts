/** A column that analysts can query. `personal` ones are masked for readers without `personal.read`. */
export interface SqlViewColumn {
  readonly name: string;
  /** ClickHouse’s name of its type; times are in the workspace’s zone. */
  readonly type: string;
  readonly personal?: true;
  readonly en: string;
  readonly fr: string;
}

export interface SqlView {
  readonly name: string;
  readonly en: string;
  readonly fr: string;
  readonly columns: readonly SqlViewColumn[];
}

const word = 'LowCardinality(String)';
const time = "DateTime64(3, 'zone')";
const money = 'Decimal(18, 4)';
const column = (name: string, type: string, en: string, fr: string): SqlViewColumn => ({ name, type, en, fr });
const personal = (name: string, type: string, en: string, fr: string): SqlViewColumn => ({
  ...column(name, type, en, fr),
  personal: true,
});

const person = column(
  'person_id',
  'UInt64',
  "The customer, joined profiles as one; answers show it as the id of the customer page. person('…') finds one by that id.",
  "Le client, profils réunis compris ; les réponses le montrent comme l’identifiant de sa fiche. person('…') en cherche un par cet identifiant.",
);

/** What `POST /api/v1/sql` can read: these, and nothing else. */
export const sqlViews: readonly SqlView[] = [
  {
    name: 'people',
    en: 'One row per person, joined profiles counted once',
    fr: 'Une ligne par personne, les profils réunis comptant pour un',
    columns: [
      person,
      column('first_seen', time, 'First seen', 'Première apparition'),
      personal(
        'traits',
        'Map(LowCardinality(String), String)',
        "Newest value of each trait: traits['city']",
        "Dernière valeur de chaque attribut : traits['city']",
      ),
      column(
        'consents',
        'Map(LowCardinality(String), Bool)',
        "Granted or denied, by purpose: consents['email']",
        "Accordé ou refusé, par finalité : consents['email']",
      ),
      column(
        'namespaces',
        'Array(LowCardinality(String))',
        'Kinds of identifiers the person has',
        'Types d’identifiants connus',
      ),
      column('profiles', 'UInt64', 'Profiles joined into this person', 'Profils réunis en cette personne'),
    ],
  },
  {
    name: 'events',
    en: 'One row per event; robots and events of no known person left out',
    fr: 'Une ligne par événement, sans les robots ni les événements sans personne connue',
    columns: [
      person,
      column('at', time, 'When it happened', 'Quand il a eu lieu'),
      column('received_at', time, 'When it arrived', 'Quand il est arrivé'),
      column('message_id', 'String', 'Its own id', 'Son identifiant'),
      column(
        'type',
        word,
        'track, page, screen, identify, group or alias',
        'track, page, screen, identify, group ou alias',
      ),
      column('event', word, 'Name of the event, page or screen', 'Nom de l’événement, de la page ou de l’écran'),
      column('site', word, 'Site', 'Site'),
      column('source_id', 'UInt32', 'Source it came from', 'Source d’où il vient'),
      personal('session_id', 'String', 'Visit', 'Visite'),
      personal('anonymous_id', 'String', 'Id of the device', 'Identifiant de l’appareil'),
      personal('user_id', 'String', 'Id of the shop’s account', 'Identifiant du compte'),
      personal('url', 'String', 'Whole address of the page', 'Adresse complète de la page'),
      column('path', word, 'Path of the page', 'Chemin de la page'),
      personal('referrer', 'String', 'Page before', 'Page précédente'),
      column('campaign_source', word, 'utm_source', 'utm_source'),
      column('campaign_medium', word, 'utm_medium', 'utm_medium'),
      column('campaign_name', word, 'utm_campaign', 'utm_campaign'),
      column('device_type', word, 'desktop, mobile, tablet …', 'desktop, mobile, tablet…'),
      column('os', word, 'Operating system', 'Système d’exploitation'),
      column('browser', word, 'Browser', 'Navigateur'),
      column('country', word, 'Country, two letters', 'Pays, deux lettres'),
      column('language', word, 'Language', 'Langue'),
      column('product_id', 'String', 'Product', 'Produit'),
      column('category', word, 'Category of the product', 'Catégorie du produit'),
      column('brand', word, 'Brand of the product', 'Marque du produit'),
      column('order_id', 'String', 'Order', 'Commande'),
      column('value', `Nullable(${money})`, 'Its value, in `currency`', 'Sa valeur, en `currency`'),
      column('currency', word, 'Currency of `value`', 'Devise de `value`'),
      column('base_value', `Nullable(${money})`, 'Its value in the base currency', 'Sa valeur dans la devise de base'),
      personal(
        'properties',
        'String',
        "All properties as JSON: JSONExtractString(properties, 'color')",
        "Toutes les propriétés en JSON : JSONExtractString(properties, 'color')",
      ),
    ],
  },
  {
    name: 'orders',
    en: 'One row per order, cancelled ones included',
    fr: 'Une ligne par commande, annulées comprises',
    columns: [
      column('order_id', 'String', 'Its number', 'Son numéro'),
      person,
      column('at', time, 'When it was placed', 'Quand elle a été passée'),
      column('site', word, 'Site', 'Site'),
      column('source_id', 'UInt32', 'Source it came from', 'Source d’où elle vient'),
      column('channel', word, 'web, store, app …', 'web, store, app…'),
      column('status', word, 'completed, cancelled …', 'completed, cancelled…'),
      column('is_sale', 'Bool', 'Not cancelled', 'Non annulée'),
      column('currency', word, 'Currency', 'Devise'),
      column('total', money, 'Total in its currency', 'Total dans sa devise'),
      column(
        'base_total',
        `Nullable(${money})`,
        'Total in the base currency; none without a rate',
        'Total dans la devise de base ; vide sans taux',
      ),
      column('discount', money, 'Discount', 'Remise'),
      column('coupon', word, 'Coupon', 'Code promo'),
      column('refunded', money, 'Refunded so far', 'Remboursé à ce jour'),
      column('base_refunded', money, 'Refunded, in the base currency', 'Remboursé, dans la devise de base'),
      column(
        'net_revenue',
        money,
        'Total less refunds in the base currency; 0 when cancelled',
        'Total moins remboursements, devise de base ; 0 si annulée',
      ),
    ],
  },
  {
    name: 'order_lines',
    en: 'One row per product of an order',
    fr: 'Une ligne par produit d’une commande',
    columns: [
      column('order_id', 'String', 'Its order', 'Sa commande'),
      column('line', 'UInt32', 'Place in the order', 'Rang dans la commande'),
      person,
      column('at', time, 'When the order was placed', 'Quand la commande a été passée'),
      column('product_id', 'String', 'Product', 'Produit'),
      column('brand', word, 'Brand', 'Marque'),
      column('category', word, 'Category', 'Catégorie'),
      column('quantity', money, 'Quantity', 'Quantité'),
      column('price', money, 'Price of one, in the order’s currency', 'Prix unitaire, dans la devise de la commande'),
      column(
        'base_price',
        `Nullable(${money})`,
        'Price of one in the base currency',
        'Prix unitaire dans la devise de base',
      ),
    ],
  },
  {
    name: 'products',
    en: 'The catalogue as it is now: one row per product, variants apart, also those no longer sold',
    fr: 'Le catalogue tel qu’il est : une ligne par produit, variantes à part, retirés de la vente compris',
    columns: [
      column(
        'product_id',
        'String',
        'Its id, as in `order_lines` and `events`',
        'Son identifiant, celui de `order_lines` et `events`',
      ),
      column('group_id', 'String', 'Shared by the variants of one model', 'Commun aux variantes d’un modèle'),
      column('title', 'String', 'Name', 'Nom'),
      column('brand', word, 'Brand', 'Marque'),
      column('category', word, 'Category: Women > Shoes', 'Catégorie : Femme > Chaussures'),
      column('size', word, 'Size', 'Taille'),
      column('color', word, 'Colour', 'Couleur'),
      column('gtin', 'String', 'Bar code', 'Code-barres'),
      column('link', 'String', 'Its page', 'Sa page'),
      column(
        'availability',
        word,
        'in_stock, out_of_stock, preorder, backorder',
        'in_stock, out_of_stock, preorder, backorder',
      ),
      column('stock', 'Nullable(Int32)', 'Pieces left, when the feed says so', 'Pièces restantes, si le flux le dit'),
      column('on_sale', 'Bool', 'Still in the feed', 'Encore dans le flux'),
      column(
        'price',
        `Nullable(${money})`,
        'What is paid at least, sale price included; none without a price in the base currency',
        'Le moins cher, solde compris ; vide sans prix dans la devise de base',
      ),
      column(
        'sites',
        `Array(${word})`,
        'Sites it has a price on: `array join sites as site, prices as site_price`',
        'Sites où il a un prix : `array join sites as site, prices as site_price`',
      ),
      column('currencies', `Array(${word})`, 'Currency on each of `sites`', 'Devise sur chacun des `sites`'),
      column('prices', `Array(${money})`, 'Price on each of `sites`', 'Prix sur chacun des `sites`'),
      column(
        'sale_prices',
        `Array(Nullable(${money}))`,
        'Sale price on each of `sites`, if any',
        'Prix soldé sur chacun des `sites`, s’il y en a un',
      ),
      column(
        'attributes',
        'Map(LowCardinality(String), String)',
        "Other fields of the feed: attributes['season']",
        "Autres champs du flux : attributes['season']",
      ),
      column('updated_at', time, 'When the feed last changed it', 'Dernier changement par le flux'),
      column('removed_at', `Nullable(${time})`, 'When it left the feed', 'Quand il a quitté le flux'),
    ],
  },
  {
    name: 'segment_members',
    en: 'Who is in which segment now',
    fr: 'Qui est dans quel segment, maintenant',
    columns: [
      column('segment_id', 'UInt32', 'The segment', 'Le segment'),
      person,
      column('since', time, 'Member since', 'Membre depuis'),
    ],
  },
  {
    name: 'persona_days',
    en: 'Days on which a buyer’s persona or scores were found changed; until the next row they stay',
    fr: 'Jours où le persona ou les notes d’un acheteur ont changé ; ils valent jusqu’à la ligne suivante',
    columns: [
      person,
      column('day', 'Date', 'Day', 'Jour'),
      column(
        'persona',
        word,
        'champions, loyal …; empty when no buyer any more',
        'champions, loyal… ; vide si plus acheteur',
      ),
      column('r', 'UInt8', 'Recency, 1 to 5', 'Récence, de 1 à 5'),
      column('f', 'UInt8', 'Frequency, 1 to 5', 'Fréquence, de 1 à 5'),
      column('m', 'UInt8', 'Monetary value, 1 to 5', 'Montant, de 1 à 5'),
    ],
  },
];
