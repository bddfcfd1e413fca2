import type { SizeScale } from './sizes.ts';

export type Department = 'women' | 'men' | 'home';

/** A category as a row of the table below; the columns are those of `Category`. */
export type CategoryRow = readonly [
  department: Department, code: string, slug: string, fr: string, en: string, nounFr: string, nounEn: string,
  google: string, shape: string, sizes: SizeScale, price: readonly [number, number], season: readonly number[],
  weight: number, models: number, palette: string, materials: readonly string[], companions: readonly string[],
  refillDays?: number,
];

const flat = [10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 11, 12];
const summer = [3, 5, 10, 15, 20, 21, 17, 11, 7, 4, 3, 5];
const spring = [5, 9, 15, 16, 14, 10, 8, 8, 11, 9, 7, 6];
const winter = [15, 10, 6, 3, 2, 1, 2, 5, 12, 18, 21, 19];
const autumn = [9, 8, 8, 7, 6, 4, 4, 9, 16, 17, 15, 12];
const gifts = [6, 8, 6, 7, 11, 8, 6, 6, 8, 10, 19, 32];
const cosy = [12, 10, 8, 5, 4, 3, 3, 5, 11, 16, 19, 22];
const tableSeason = [5, 5, 8, 11, 13, 13, 10, 7, 8, 8, 13, 20];

const fine = 'ECR NOI MAR SAB SAU POU TER BOR CIE';
const knit = 'ECR GRI MAR CAM FOR BOR MOU POU ANT CEL';
const bottoms = 'NOI MAR ECR CAM OLI ANT CHO SAB';
const leather = 'NOI CAM CHO BOR ECR FOR';
const linen = 'BLC ECR CEL SAU POU TER CIE MAR MOU LIL';
const clay = 'IVO SAB TER CEL COB SAU CHO NOI';
const bright = 'FRA COB MOU CEL LIL TER FOR ROU PRU';

export const categoryRows: readonly CategoryRow[] = [
  ['women', 'RO', 'robes', 'Robes', 'Dresses', 'Robe', 'dress', 'Clothing > Dresses', 'dress', 'women', [69, 189], summer, 9, 15, `${fine} FRA COB`, ['coton lavé', 'viscose', 'lin', 'soie mêlée'], ['CF', 'SA', 'BI', 'CH']],
  ['women', 'BL', 'blouses', 'Blouses', 'Blouses', 'Blouse', 'blouse', 'Clothing > Shirts & Tops', 'blouse', 'women', [49, 119], spring, 7, 13, 'ECR IVO CIE POU SAU TER LIL MAR', ['popeline de coton', 'lin', 'viscose'], ['PF', 'JU', 'BI']],
  ['women', 'MF', 'mailles-femme', 'Mailles femme', 'Women’s knitwear', 'Pull', 'jumper', 'Clothing > Shirts & Tops', 'knit', 'letters', [59, 159], winter, 8, 14, knit, ['laine mérinos', 'alpaga', 'coton bio', 'cachemire recyclé'], ['PF', 'JU', 'EC']],
  ['women', 'PF', 'pantalons-femme', 'Pantalons femme', 'Women’s trousers', 'Pantalon', 'trousers', 'Clothing > Pants', 'trousers', 'women', [69, 139], autumn, 6, 12, bottoms, ['gabardine', 'lin', 'velours côtelé', 'denim'], ['BL', 'MF', 'CF']],
  ['women', 'JU', 'jupes', 'Jupes', 'Skirts', 'Jupe', 'skirt', 'Clothing > Skirts', 'skirt', 'women', [59, 129], spring, 4, 11, `${fine} FOR`, ['viscose', 'laine', 'coton'], ['BL', 'MF', 'CF']],
  ['women', 'VF', 'manteaux-femme', 'Manteaux', 'Coats', 'Manteau', 'coat', 'Clothing > Outerwear', 'coat', 'women', [179, 349], winter, 3, 11, 'CAM NOI MAR GRI FOR ECR BOR', ['laine et cachemire', 'drap de laine', 'coton déperlant'], ['EC', 'MF', 'CH']],
  ['women', 'CF', 'chaussures-femme', 'Chaussures femme', 'Women’s shoes', 'Mocassins', 'loafers', 'Shoes', 'loafer', 'womenShoes', [95, 189], spring, 5, 12, leather, ['cuir lisse', 'cuir velours'], ['SA', 'RO']],
  ['women', 'SA', 'sacs', 'Sacs', 'Bags', 'Sac', 'bag', 'Handbags', 'bag', 'one', [79, 229], gifts, 4, 13, `${leather} MOU`, ['cuir grainé', 'toile et cuir', 'cuir tressé'], ['BI', 'EC']],
  ['women', 'BI', 'bijoux', 'Bijoux', 'Jewellery', 'Boucles', 'earrings', 'Jewelry > Earrings', 'earrings', 'one', [25, 79], gifts, 4, 12, 'MOU ECR CEL COB ROU', ['laiton doré', 'argent', 'verre soufflé'], ['RO', 'BL', 'SA']],
  ['women', 'EC', 'echarpes', 'Écharpes', 'Scarves', 'Écharpe', 'scarf', 'Clothing Accessories > Scarves', 'scarf', 'one', [35, 95], winter, 5, 13, `${knit} ${bright}`, ['laine mérinos', 'mohair', 'soie et coton'], ['VF', 'CH', 'MF']],
  ['women', 'CH', 'chapeaux', 'Chapeaux et bonnets', 'Hats', 'Chapeau', 'hat', 'Clothing Accessories > Hats', 'hat', 'one', [29, 69], summer, 2, 10, 'SAB ECR CAM NOI OLI', ['paille tressée', 'feutre de laine'], ['RO', 'EC']],
  ['men', 'CM', 'chemises', 'Chemises', 'Shirts', 'Chemise', 'shirt', 'Clothing > Shirts & Tops', 'shirt', 'collar', [59, 119], spring, 6, 13, 'BLC CIE MAR ECR OLI LIL ANT', ['oxford', 'lin', 'flanelle', 'popeline'], ['PM', 'MH']],
  ['men', 'MH', 'mailles-homme', 'Mailles homme', 'Men’s knitwear', 'Pull', 'jumper', 'Clothing > Shirts & Tops', 'knit', 'letters', [69, 159], winter, 5, 12, knit, ['laine mérinos', 'lambswool', 'coton'], ['CM', 'PM', 'EC']],
  ['men', 'TS', 't-shirts', 'T-shirts', 'T-shirts', 'T-shirt', 'T-shirt', 'Clothing > Shirts & Tops', 'tee', 'letters', [25, 49], summer, 6, 12, 'BLC NOI MAR GRI OLI TER SAU ECR', ['coton bio', 'coton et lin'], ['PM', 'CX']],
  ['men', 'PM', 'pantalons-homme', 'Pantalons homme', 'Men’s trousers', 'Pantalon', 'trousers', 'Clothing > Pants', 'trousers', 'men', [69, 139], autumn, 5, 12, bottoms, ['gabardine', 'velours côtelé', 'denim selvedge', 'lin'], ['CM', 'TS', 'CX']],
  ['men', 'VM', 'vestes-homme', 'Vestes homme', 'Men’s jackets', 'Veste', 'jacket', 'Clothing > Outerwear', 'jacket', 'letters', [129, 289], autumn, 3, 11, 'MAR OLI CAM ANT NOI CHO', ['moleskine', 'laine', 'coton ciré'], ['CM', 'MH', 'EC']],
  ['men', 'CX', 'chaussures-homme', 'Chaussures homme', 'Men’s shoes', 'Baskets', 'trainers', 'Shoes', 'sneaker', 'menShoes', [89, 199], spring, 4, 11, 'BLC NOI MAR CAM CHO GRI', ['cuir lisse', 'cuir velours', 'toile'], ['PM', 'TS']],
  ['home', 'LL', 'linge-de-lit', 'Linge de lit', 'Bed linen', 'Housse de couette', 'duvet cover', 'Linens & Bedding > Bedding', 'bedding', 'bed', [79, 199], [18, 10, 9, 9, 8, 8, 9, 10, 12, 9, 9, 9], 6, 13, linen, ['percale', 'gaze de coton', 'lin lavé', 'satin de coton'], ['CO', 'PL', 'BO']],
  ['home', 'CO', 'coussins', 'Coussins', 'Cushions', 'Coussin', 'cushion', 'Decor > Throw Pillows', 'cushion', 'one', [25, 69], cosy, 6, 14, `${linen} ${bright}`, ['lin', 'velours', 'laine bouclée'], ['PL', 'LL', 'BO']],
  ['home', 'PL', 'plaids', 'Plaids', 'Throws', 'Plaid', 'throw', 'Linens & Bedding > Blankets', 'throw', 'one', [49, 149], cosy, 4, 12, knit, ['laine', 'mohair', 'coton gaufré'], ['CO', 'BO']],
  ['home', 'BO', 'bougies', 'Bougies parfumées', 'Scented candles', 'Bougie', 'candle', 'Decor > Home Fragrances', 'candle', 'one', [19, 45], gifts, 8, 14, 'IVO SAU TER BOR MAR MOU LIL', ['cire de soja', 'cire végétale'], ['SV', 'VA', 'PL'], 75],
  ['home', 'VA', 'vases', 'Vases', 'Vases', 'Vase', 'vase', 'Decor > Vases', 'vase', 'one', [29, 99], spring, 3, 13, `${clay} FRA`, ['grès émaillé', 'verre soufflé', 'terre cuite'], ['BO', 'AS']],
  ['home', 'AS', 'assiettes', 'Assiettes et plats', 'Plates', 'Assiette', 'plate', 'Kitchen & Dining > Dinnerware', 'plate', 'one', [12, 45], tableSeason, 5, 13, clay, ['grès émaillé', 'porcelaine'], ['TA', 'NA', 'VA']],
  ['home', 'TA', 'tasses', 'Tasses et mugs', 'Mugs', 'Mug', 'mug', 'Kitchen & Dining > Drinkware', 'mug', 'one', [12, 28], gifts, 5, 13, `${clay} MOU`, ['grès émaillé', 'porcelaine'], ['AS', 'BO']],
  ['home', 'LA', 'luminaires', 'Luminaires', 'Lamps', 'Lampe', 'lamp', 'Lighting > Lamps', 'lamp', 'one', [69, 219], autumn, 2, 11, 'ECR TER NOI SAU MOU COB', ['céramique et lin', 'métal laqué', 'rotin'], ['CO', 'VA']],
  ['home', 'SB', 'serviettes', 'Serviettes de bain', 'Bath towels', 'Serviette', 'towel', 'Linens & Bedding > Towels', 'towel', 'towel', [15, 49], [15, 10, 9, 9, 11, 12, 11, 8, 8, 7, 7, 8], 4, 12, linen, ['coton bio 500 g', 'nid d’abeille'], ['SV', 'LL']],
  ['home', 'NA', 'nappes', 'Nappes', 'Tablecloths', 'Nappe', 'tablecloth', 'Linens & Bedding > Table Linens', 'tablecloth', 'table', [49, 119], tableSeason, 2, 10, linen, ['lin lavé', 'coton enduit'], ['AS', 'VA']],
  ['home', 'SV', 'savons', 'Savons et soins', 'Soaps and care', 'Savon', 'soap', 'Health & Beauty > Bath & Body', 'soap', 'one', [9, 29], flat, 6, 12, 'CEL SAB POU TER LIL IVO', ['huile d’olive', 'beurre de karité', 'savon liquide'], ['BO', 'SB'], 50],
];
