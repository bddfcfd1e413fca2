/** Hand-written parts that product names and descriptions are composed from. */

/** Model names. A model carries one; home models of one line share theirs across categories. */
export const modelNames = words(`
Ouessant Aubrac Solène Lubéron Cassis Odéon Arcadie Belle-Île Célestine Dauphine Évian Faustine Giverny Héloïse Iris
Jacinthe Kerguelen Lison Morvan Nérac Opaline Pénélope Quercy Rivage Sologne Théodore Uzès Vauban Yvoire Zéphyr Armor
Bastide Camargue Domitille Étretat Ferdinand Gascogne Honorine Isère Josépha Lozère Maupiti Nohant Octave Perche
Roscoff Sancerre Tilleul Ursule Valmy Ardèche Bréhat Clairval Dinan Estérel Florimont Garance Hautvillers Irma Jorat
Lérins Méjean Noirmoutier Ombeline Porquerolles Rambouillet Saintonge Trianon Vercors Villandry Avallon Brocéliande
Corentine Douarnenez Émeraude Fontevraud Groix Houlgate Lacanau Mirabelle
`);

export const homeLines = words(
  'Marais Ventoux Camille Alizé Chartreuse Presqu’île Lisière Verrière Clairière Estuaire Rosace Ogive',
);

export const styles = ['épuré', 'bohème', 'classique', 'graphique', 'nature', 'fête'] as const;

/** English for the materials of `categories`. */
export const materialsEnglish: Readonly<Record<string, string>> = {
  'coton lavé': 'washed cotton',
  viscose: 'viscose',
  lin: 'linen',
  'soie mêlée': 'silk blend',
  'popeline de coton': 'cotton poplin',
  'laine mérinos': 'merino wool',
  alpaga: 'alpaca',
  'coton bio': 'organic cotton',
  'cachemire recyclé': 'recycled cashmere',
  gabardine: 'gabardine',
  'velours côtelé': 'corduroy',
  denim: 'denim',
  laine: 'wool',
  coton: 'cotton',
  'laine et cachemire': 'wool and cashmere',
  'drap de laine': 'wool cloth',
  'coton déperlant': 'water-repellent cotton',
  'cuir lisse': 'smooth leather',
  'cuir velours': 'suede',
  'cuir grainé': 'grained leather',
  'toile et cuir': 'canvas and leather',
  'cuir tressé': 'woven leather',
  'laiton doré': 'gilded brass',
  argent: 'silver',
  'verre soufflé': 'blown glass',
  mohair: 'mohair',
  'soie et coton': 'silk and cotton',
  'paille tressée': 'woven straw',
  'feutre de laine': 'wool felt',
  oxford: 'oxford cotton',
  flanelle: 'flannel',
  popeline: 'poplin',
  lambswool: 'lambswool',
  'coton et lin': 'cotton and linen',
  'denim selvedge': 'selvedge denim',
  moleskine: 'moleskin',
  'coton ciré': 'waxed cotton',
  toile: 'canvas',
  percale: 'percale',
  'gaze de coton': 'cotton gauze',
  'lin lavé': 'washed linen',
  'satin de coton': 'cotton sateen',
  velours: 'velvet',
  'laine bouclée': 'bouclé wool',
  'coton gaufré': 'waffle cotton',
  'cire de soja': 'soy wax',
  'cire végétale': 'plant wax',
  'grès émaillé': 'glazed stoneware',
  'terre cuite': 'terracotta clay',
  porcelaine: 'porcelain',
  'céramique et lin': 'ceramic and linen',
  'métal laqué': 'lacquered metal',
  rotin: 'rattan',
  'coton bio 500 g': 'organic cotton, 500 g',
  'nid d’abeille': 'honeycomb cotton',
  'coton enduit': 'coated cotton',
  'huile d’olive': 'olive oil',
  'beurre de karité': 'shea butter',
  'savon liquide': 'liquid soap',
};

/** One sentence per style, French then English. */
export const styleSentences: readonly (readonly [string, string])[] = [
  ['Une ligne nette, sans rien de trop, pensée pour durer.', 'A clean line with nothing to spare, made to last.'],
  ['Un esprit libre, des détails brodés main.', 'A free spirit, with details finished by hand.'],
  ['Un classique revu avec soin, facile à vivre.', 'A classic, carefully redrawn and easy to live with.'],
  ['Un dessin franc, des couleurs qui se répondent.', 'A bold drawing, with colours that answer each other.'],
  ['Des matières brutes et des teintes de saison.', 'Raw materials and the colours of the season.'],
  ['Une touche de lumière pour les jours qui comptent.', 'A touch of light for the days that matter.'],
];

export const workshopSentences: readonly (readonly [string, string])[] = [
  ['Façonné au Portugal dans un atelier familial.', 'Made in a family workshop in Portugal.'],
  ['Fabriqué en France, en petites séries.', 'Made in France in small runs.'],
  ['Confectionné en Italie.', 'Crafted in Italy.'],
  ['Tissé en Espagne, fini dans nos ateliers de Roubaix.', 'Woven in Spain, finished in our Roubaix workshop.'],
];

export const partnerBrands = ['Atelier Ormeau', 'Halden & Rue', 'Petit Phare', 'Sœurs Vauban'] as const;

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
