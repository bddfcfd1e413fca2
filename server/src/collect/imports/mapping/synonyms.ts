import type { ImportKind } from '@vitrail/contracts';

/**
 * How the headers of real exports name a field, in English and French, folded (lower case, no accents, single spaces):
 * Shopify, WooCommerce, PrestaShop, Magento, common tills, CRM and mailing tools, spreadsheets made by hand.
 */
const customer: Readonly<Record<string, string>> = {
  user_id:
    'user id|userid|customer id|customerid|customer number|customer no|customer code|customer ref|customer reference|client id|id client|id customer|client|code client|numero client|numero de client|no client|n client|num client|ref client|reference client|identifiant client|identifiant|cust id|customer|member id|account id|contact id|id contact|shopper id|id utilisateur',
  email:
    'email|e mail|mail|courriel|mel|email address|e mail address|adresse email|adresse e mail|adresse mail|adresse courriel|adresse electronique|adresse de messagerie|email 1|email principal|primary email',
  phone:
    'phone|telephone|tel|mobile|portable|cell|cellphone|gsm|phone number|mobile phone|mobile number|telephone mobile|telephone portable|tel mobile|tel portable|numero de telephone|numero telephone|num tel|no tel|n tel|numero de mobile|tel 1|phone 1|telephone 1|sms number|msisdn',
  loyalty_card:
    'loyalty card|loyaltycard|loyalty card number|loyalty number|loyalty id|loyalty|fidelity card|card number|membership number|membership card|carte fidelite|carte de fidelite|numero carte fidelite|numero de carte de fidelite|numero carte de fidelite|no carte fidelite|n carte fidelite|n carte|no carte|num carte|numero de carte|carte|fidelite|id fidelite|carte club',
  anonymous_id: 'anonymous id|anonymousid|visitor id|cookie id|client uuid|ga client id|id visiteur|id anonyme',
};

const people: Readonly<Record<string, string>> = {
  ...customer,
  user_id: `${customer.user_id}|id|ref|code`,
  first_name: 'first name|firstname|given name|forename|fname|prenom|prenoms|prenom client|customer first name',
  last_name: 'last name|lastname|surname|family name|lname|nom de famille|nom famille|nom usage|nom patronymique',
  name: 'name|full name|fullname|nom complet|nom prenom|nom et prenom|prenom nom|customer name|nom client|display name',
  salutation: 'salutation|civilite|civ|title|titre|prefix|politesse',
  gender: 'gender|sex|sexe|genre',
  birthday:
    'birthday|birth date|birthdate|date of birth|dob|birth day|date de naissance|date naissance|naissance|ne le|nee le|anniversaire|date anniversaire|date anniv',
  language: 'language|lang|langue|locale|preferred language|langue preferee',
  street:
    'street|address|adresse|address line 1|address1|address 1|adresse 1|adresse1|rue|voie|street address|adresse postale|adresse ligne 1|numero et voie',
  postal_code: 'postal code|postalcode|zip|zip code|zipcode|postcode|post code|code postal|cp|codepostal',
  city: 'city|town|ville|commune|localite',
  region: 'state|region|province|county|departement|etat|state province|province code|dept',
  country: 'country|pays|country code|code pays|country iso|pays iso',
  company: 'company|company name|organisation|organization|societe|entreprise|raison sociale|employer|employeur',
  job_title: 'job title|jobtitle|job|fonction|poste|metier|profession',
  website: 'website|web site|site web|site internet|url',
  created_at:
    'created at|created|createdat|creation date|date created|date de creation|date creation|customer since|client depuis|signup date|signed up at|registered at|registration date|date d inscription|date inscription|date adhesion|optin date|member since|cree le',
  updated_at:
    'updated at|updated|updatedat|last modified|modified at|last update|last updated|date de modification|date modification|derniere modification|modifie le|date maj|maj|mise a jour|date de mise a jour',
  'consent.email':
    'email optin|email opt in|optin email|opt in email|optin mail|accepts email|accepts email marketing|accepts marketing|accepte email|accepte emails|accepte les emails|accepte les e mails|email consent|consentement email|consent email|marketing consent|email marketing|email marketing consent|consentement marketing|opt in|optin',
  'consent.newsletter':
    'newsletter|nl|optin newsletter|newsletter optin|newsletter opt in|inscrit newsletter|abonne newsletter|abonnement newsletter|inscription newsletter|subscribed|abonne|newsletter subscriber|infolettre|receives newsletter',
  'consent.sms':
    'sms|sms optin|sms opt in|optin sms|opt in sms|accepts sms|accepts sms marketing|accepte sms|accepte les sms|sms consent|consentement sms|consent sms|sms marketing',
  'consent.phone':
    'phone optin|phone opt in|optin phone|optin telephone|accepte appels|accepte les appels|consent phone|consentement telephone|phone consent|call optin',
  'consent.post':
    'post optin|optin post|optin courrier|accepte courrier|accepte le courrier|consent post|mail optin|consentement courrier|postal consent|postal optin|direct mail optin',
};

const orderHead: Readonly<Record<string, string>> = {
  ...customer,
  order_id:
    'order id|orderid|order number|order no|order|order ref|order reference|order name|increment id|invoice|invoice id|invoice no|invoice number|invoiceno|receipt|receipt id|receipt number|receipt no|ticket|ticket id|ticket number|transaction id|transaction|basket id|basket|sale id|numero commande|numero de commande|no commande|n commande|num commande|commande|id commande|ref commande|reference commande|code commande|numero facture|numero de facture|no facture|n facture|facture|numero ticket|numero de ticket|no ticket|n ticket|numero de ticket de caisse|id ticket|ticket de caisse|numero transaction|id transaction|bon de commande|numero vente|id vente',
  ordered_at:
    'order date|ordered at|orderdate|date|date time|datetime|timestamp|purchase date|purchased at|invoice date|invoicedate|invoice ts|invoice time|transaction date|transaction timestamp|created at|created|paid at|processed at|completed at|sale date|sold at|ticket date|receipt date|date commande|date de commande|date de la commande|date achat|date d achat|date facture|date de facture|date ticket|date du ticket|date vente|date de vente|date heure|horodatage|date transaction|date de transaction|date creation|date de creation|date de paiement|passee le',
  currency: 'currency|currency code|devise|monnaie|code devise|order currency|cur',
  tax: 'tax|taxes|vat|tva|total tax|tax amount|vat amount|montant tva|total tva|taxes total',
  shipping:
    'shipping|shipping cost|shipping total|shipping amount|delivery|delivery cost|freight|postage|frais de port|frais port|port|livraison|frais de livraison|frais livraison|frais d expedition|total shipping',
  discount:
    'discount|discount amount|total discount|total discounts|discounts|remise|remises|montant remise|reduction|rabais|total remise|total remises|cart discount|montant de la remise',
  coupon:
    'coupon|coupon code|discount code|promo code|promocode|promo|voucher|voucher code|code promo|code promotion|code reduction|bon de reduction|code avantage',
  channel: 'channel|sales channel|canal|canal de vente|source name|order source|origine|plateforme',
  store:
    'store|store name|store id|shop|shop name|magasin|nom magasin|code magasin|boutique|point de vente|pdv|location',
  site: 'site|website|web site|domain|site web|site internet|shop domain',
  status:
    'status|order status|state|statut|etat|statut commande|statut de la commande|etat commande|financial status|payment status|statut paiement',
  refund_of:
    'refund of|original order|original order id|parent order|parent order id|commande origine|commande d origine',
};

const orders: Readonly<Record<string, string>> = {
  ...orderHead,
  order_id: `${orderHead.order_id}|id|number|numero|ref|reference`,
  total:
    'total|order total|grand total|total price|total paid|amount|amount paid|total amount|order amount|order value|montant|montant ttc|total ttc|montant total|montant total ttc|prix total|total commande|montant commande|montant de la commande|ttc|paid|paye|montant paye|ca ttc|ca|sales|sale amount|value|valeur|total incl tax|total including tax|dollar value|net amount',
  revenue: 'revenue|montant ht|total ht|ht|ca ht|total excl tax|net revenue|chiffre d affaires|net sales',
  subtotal: 'subtotal|sub total|sous total|order subtotal|items subtotal|total produits',
  refunded:
    'refunded|refunded amount|refund amount|total refunded|amount refunded|montant rembourse|remboursement|rembourse|total rembourse',
};

const orderLines: Readonly<Record<string, string>> = {
  ...orderHead,
  product_id:
    'product id|productid|product|product code|product ref|product reference|item id|item|item code|item number|stock code|stockcode|article|article id|article number|code article|ref article|reference article|id article|numero article|reference produit|ref produit|id produit|code produit|produit|reference|ref|code barre|code barres|barcode|ean|ean13|gtin|lineitem id',
  sku: 'sku|lineitem sku|product sku|item sku|variant sku|ugs',
  product_name:
    'product name|productname|item name|product title|title|description|designation|libelle|libelle article|libelle produit|nom produit|nom du produit|nom article|lineitem name|intitule',
  brand: 'brand|marque|manufacturer|vendor|fabricant|lineitem vendor',
  category:
    'category|categorie|product category|product type|famille|rayon|department|departement|categorie produit|sous famille',
  variant: 'variant|variant title|variant name|declinaison|variante|size|taille|option',
  quantity:
    'quantity|qty|qte|quantite|units|quantities|nombre|nb|lineitem quantity|quantite vendue|number of items|pieces|nb articles',
  unit_price:
    'unit price|unitprice|price|item price|product price|price per unit|prix|prix unitaire|pu|pu ttc|prix unitaire ttc|prix vente|prix de vente|lineitem price|prix article|puttc|price each',
  line_total:
    'line total|linetotal|line amount|total line|line price|amount|montant|montant ligne|total ligne|montant de la ligne|montant ttc|total ttc|prix total|sales value|sales amount|extended price|item total|total price|montant ligne ttc|net amount|value',
  order_total:
    'order total|total|grand total|total commande|montant commande|montant de la commande|total ticket|total du ticket',
};

const products: Readonly<Record<string, string>> = {
  product_id:
    'id|product id|productid|sku|reference|ref|code|product code|item id|stock code|article|code article|ref produit|reference produit|id produit|variant id|offer id',
  group_id: 'item group id|group id|parent id|parent sku|model|modele|parent|id parent|handle',
  title: 'title|name|product name|nom|titre|libelle|designation|nom du produit|product title|nom produit|intitule',
  description: 'description|long description|description longue|body|body html|descriptif|product description',
  brand: 'brand|marque|manufacturer|vendor|fabricant|manufacturer name',
  category:
    'product type|category|categorie|google product category|rayon|famille|type|categories|department|product category',
  link: 'link|url|product url|lien|page|permalink|url produit|lien produit',
  image_link: 'image link|image|image url|image src|photo|visuel|url image|lien image|picture',
  gtin: 'gtin|ean|ean13|upc|barcode|code barre|code barres|isbn|code ean',
  size: 'size|taille|pointure|option size|product size',
  color: 'color|colour|couleur|coloris',
  availability: 'availability|disponibilite|stock status|dispo',
  stock: 'stock|quantity|inventory|quantite|qty|qte|stock quantity|variant inventory qty|en stock|quantite en stock',
  price:
    'price|prix|regular price|prix ttc|variant price|prix public|prix de vente|list price|tarif|prix vente|unit price',
  sale_price: 'sale price|prix solde|prix promo|prix remise|discounted price|special price|promo price',
  currency: 'currency|devise|currency code|monnaie',
  site: 'site|market|marche',
};

const events: Readonly<Record<string, string>> = {
  ...customer,
  event: 'event|event name|eventname|evenement|nom evenement|nom de l evenement|action|name',
  type: 'type|call type|event type',
  timestamp:
    'timestamp|time|date|datetime|date time|event time|event date|event timestamp|occurred at|created at|received at|sent at|horodatage|heure|date heure|date evenement|original timestamp|originaltimestamp',
  message_id: 'message id|messageid|event id|eventid|uuid|insert id',
  group_id: 'group id|groupid',
  properties: 'properties|event properties|props|proprietes|attributes|payload',
  traits: 'traits|user properties|user traits',
  context: 'context',
};

const partner: Readonly<Record<string, string>> = {
  id: 'id|identifier|identifiant',
  id_kind: 'id kind|id type|identifier type|kind|type|type identifiant|type d identifiant',
  ...customer,
  their_id: 'their id|partner id|dmp id|provider id|external id|id partenaire|identifiant partenaire',
  our_id: 'our id|shop id|notre identifiant',
  expires_at: 'expires at|expires|expiry|expiration|valid until|until|end|fin|expire le|valable jusqu au|date de fin',
};

/** Spellings of one word: "e-mail" and "email", "opt-in" and "optin". */
export const oneSpelling = (folded: string): string =>
  folded.replace(/\be mail/g, 'email').replace(/\bopt (in|out)\b/g, 'opt$1');

const split = (names: Readonly<Record<string, string>>): ReadonlyMap<string, string> => {
  const fields = new Map<string, string>();
  for (const [field, list] of Object.entries(names)) {
    for (const text of [field.replace(/[._]/g, ' '), ...list.split('|')]) {
      const phrase = oneSpelling(text);
      if (!fields.has(phrase)) fields.set(phrase, field);
    }
  }
  return fields;
};

/** Folded header → field. A phrase two fields claim belongs to the one listed first. */
export const synonyms: Readonly<Record<ImportKind, ReadonlyMap<string, string>>> = {
  people: split(people),
  orders: split(orders),
  'order-lines': split(orderLines),
  products: split(products),
  events: split(events),
  'outside-segments': split({
    ...partner,
    segment: 'segment|segment id|segment name|audience|audience name|nom du segment',
  }),
  'id-mappings': split(partner),
};

/** Systems whose customer id is worth a namespace of its own when a header says so: `crm_id`, `Klaviyo ID`. */
export const systems = new Set(
  'crm erp salesforce sf hubspot klaviyo mailchimp brevo sendinblue splio adobe shopify magento prestashop woocommerce stripe zendesk intercom sap pos caisse facebook google braze odoo dynamics cegid navision activecampaign emarsys bloomreach dotdigital batch selligent'.split(
    ' ',
  ),
);
