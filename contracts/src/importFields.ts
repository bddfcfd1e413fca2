import type { ImportKind } from './imports.ts';

/** A label in each language of the console. */
interface Label {
  readonly en: string;
  readonly fr: string;
}

/**
 * What a column of an imported file can be mapped to. `required`: the import is refused when no column gives it;
 * `oneOf`: at least one field of the group must be given. `many`: several columns may share it.
 */
export interface ImportField {
  readonly name: string;
  readonly label: Label;
  readonly example: string;
  readonly required?: boolean;
  readonly oneOf?: string;
  readonly many?: boolean;
}

const field = (
  name: string,
  en: string,
  fr: string,
  example: string,
  rule: Partial<ImportField> = {},
): ImportField => ({
  name,
  label: { en, fr },
  example,
  ...rule,
});

const customer = (rule: Partial<ImportField> = {}): ImportField[] => [
  field('user_id', 'Customer number', 'Numéro de client', 'C-10482', rule),
  field('email', 'E-mail', 'E-mail', 'jeanne@example.com', rule),
  field('phone', 'Phone', 'Téléphone', '06 12 34 56 78', rule),
  field('loyalty_card', 'Loyalty card', 'Carte de fidélité', '2501 2345 6789', rule),
  field('anonymous_id', 'Anonymous id', 'Identifiant anonyme', '6f1c…', rule),
];

const people: readonly ImportField[] = [
  ...customer({ oneOf: 'identifier' }),
  field('first_name', 'First name', 'Prénom', 'Jeanne'),
  field('last_name', 'Last name', 'Nom', 'Moreau'),
  field('name', 'Full name', 'Nom complet', 'Jeanne Moreau'),
  field('salutation', 'Salutation', 'Civilité', 'Mme'),
  field('gender', 'Gender', 'Genre', 'F'),
  field('birthday', 'Date of birth', 'Date de naissance', '23/01/1988'),
  field('language', 'Language', 'Langue', 'fr'),
  field('street', 'Street', 'Adresse', '12 rue des Lilas', { many: true }),
  field('postal_code', 'Postal code', 'Code postal', '01000'),
  field('city', 'City', 'Ville', 'Lyon'),
  field('region', 'State or region', 'Région', 'Rhône'),
  field('country', 'Country', 'Pays', 'FR'),
  field('company', 'Company', 'Société', 'Atelier Moreau'),
  field('job_title', 'Job title', 'Fonction', 'Acheteuse'),
  field('website', 'Website', 'Site web', 'https://example.com'),
  field('created_at', 'Customer since', 'Client depuis', '2019-04-02'),
  field('updated_at', 'Record changed on', 'Fiche modifiée le', '2026-11-02 10:12'),
  field('consent.email', 'Agrees to e-mail', 'Accepte les e-mails', 'oui'),
  field('consent.newsletter', 'Newsletter', 'Newsletter', 'oui'),
  field('consent.sms', 'Agrees to SMS', 'Accepte les SMS', 'non'),
  field('consent.phone', 'Agrees to calls', 'Accepte les appels', 'non'),
  field('consent.post', 'Agrees to post', 'Accepte le courrier', 'oui'),
];

const orderHead: readonly ImportField[] = [
  field('order_id', 'Order number', 'Numéro de commande', 'WEB-10482', { required: true, many: true }),
  field('ordered_at', 'Order date', 'Date de commande', '14/02/2026 18:30', { required: true }),
  ...customer(),
  field('currency', 'Currency', 'Devise', 'EUR'),
  field('tax', 'Tax', 'TVA', '20,00'),
  field('shipping', 'Shipping', 'Frais de port', '4,90'),
  field('discount', 'Discount', 'Remise', '10,00'),
  field('coupon', 'Coupon', 'Code promo', 'NOEL10'),
  field('channel', 'Channel', 'Canal', 'store'),
  field('store', 'Store', 'Magasin', 'Lyon Bellecour'),
  field('site', 'Site', 'Site', 'vitrail.fr'),
  field('status', 'Status', 'Statut', 'expédiée'),
  field('refund_of', 'Order refunded by this one', 'Commande remboursée par celle-ci', 'WEB-10399'),
];

const orders: readonly ImportField[] = [
  ...orderHead,
  field('total', 'Total paid', 'Montant TTC', '124,80', { required: true }),
  field('revenue', 'Revenue without tax and shipping', 'Montant hors taxe et port', '99,90'),
  field('subtotal', 'Subtotal', 'Sous-total', '99,90'),
  field('refunded', 'Amount refunded', 'Montant remboursé', '0,00'),
];

const orderLines: readonly ImportField[] = [
  ...orderHead,
  field('product_id', 'Product id', 'Référence produit', '85123A'),
  field('sku', 'SKU', 'SKU', '85123A-M'),
  field('product_name', 'Product name', 'Libellé', 'Lampe en verre'),
  field('brand', 'Brand', 'Marque', 'Vitrail'),
  field('category', 'Category', 'Catégorie', 'Luminaires'),
  field('variant', 'Variant', 'Déclinaison', 'bleu / M'),
  field('quantity', 'Quantity', 'Quantité', '2'),
  field('unit_price', 'Unit price', 'Prix unitaire', '12,50', { oneOf: 'price' }),
  field('line_total', 'Line total', 'Montant de la ligne', '25,00', { oneOf: 'price' }),
  field('order_total', 'Order total', 'Total de la commande', '124,80'),
];

const products: readonly ImportField[] = [
  field('product_id', 'Product id', 'Référence', '85123A', { required: true }),
  field('group_id', 'Model (groups variants)', 'Modèle (groupe de déclinaisons)', '85123'),
  field('title', 'Title', 'Titre', 'Lampe en verre', { required: true }),
  field('description', 'Description', 'Description', 'Verre soufflé…'),
  field('brand', 'Brand', 'Marque', 'Vitrail'),
  field('category', 'Category', 'Catégorie', 'Maison > Luminaires'),
  field('link', 'Page address', 'Adresse de la page', 'https://example.com/lampe'),
  field('image_link', 'Picture address', "Adresse de l'image", 'https://example.com/lampe.jpg'),
  field('gtin', 'Barcode (GTIN)', 'Code-barres (GTIN)', '3700123456789'),
  field('size', 'Size', 'Taille', 'M'),
  field('color', 'Colour', 'Couleur', 'bleu'),
  field('availability', 'Availability', 'Disponibilité', 'in stock'),
  field('stock', 'Stock', 'Stock', '14'),
  field('price', 'Price', 'Prix', '49,90 EUR'),
  field('sale_price', 'Sale price', 'Prix soldé', '39,90 EUR'),
  field('currency', 'Currency', 'Devise', 'EUR'),
  field('site', 'Site', 'Site', 'vitrail.fr'),
];

const events: readonly ImportField[] = [
  field('event', 'Event name', "Nom de l'événement", 'Product Viewed', { oneOf: 'event' }),
  field('type', 'Call type', "Type d'appel", 'track', { oneOf: 'event' }),
  field('timestamp', 'Time', 'Date et heure', '2026-02-14T18:30:00Z'),
  field('message_id', 'Message id', 'Identifiant du message', '0f8b…'),
  ...customer(),
  field('group_id', 'Company id', "Identifiant d'entreprise", 'acme'),
  field('properties', 'Properties (JSON)', 'Propriétés (JSON)', '{"price":10}'),
  field('traits', 'Traits (JSON)', 'Attributs (JSON)', '{"plan":"gold"}'),
  field('context', 'Context (JSON)', 'Contexte (JSON)', '{"ip":"192.0.2.1"}'),
];

const whose: readonly ImportField[] = [
  field('id', 'Id (of the kind beside it)', 'Identifiant (du type indiqué)', 'C-10482', { oneOf: 'identifier' }),
  field('id_kind', 'Kind of id', "Type d'identifiant", 'user_id'),
  ...customer({ oneOf: 'identifier' }),
];
const ends = field('expires_at', 'Until', "Jusqu'au", '2027-03-31');

const ourId = field(
  'our_id',
  'Our id, as the partner knows it',
  'Notre identifiant, tel que le partenaire le connaît',
  'b3Jz…',
  {
    oneOf: 'identifier',
  },
);

const outsideSegments: readonly ImportField[] = [
  ...whose,
  field('their_id', 'The partner’s id', 'Identifiant du partenaire', 'dmp-71f0', { oneOf: 'identifier' }),
  ourId,
  field('segment', 'Segment of the partner', 'Segment du partenaire', 'auto-intenders', { required: true }),
  ends,
];

const idMappings: readonly ImportField[] = [
  ...whose,
  field('their_id', 'The partner’s id', 'Identifiant du partenaire', 'dmp-71f0', { required: true }),
  ourId,
  ends,
];

/**
 * The fields each kind of import understands, in the order to show them. Besides these every kind takes
 * `<system>_id` (the customer's id in another system, `crm_id`; not for products and what partners send), people take `consent.<category>`,
 * and all take `trait.<name>` (people) or `property.<name>` (the others) and `ignore`.
 */
export const importFields: Readonly<Record<ImportKind, readonly ImportField[]>> = {
  people,
  orders,
  'order-lines': orderLines,
  products,
  events,
  'outside-segments': outsideSegments,
  'id-mappings': idMappings,
};
