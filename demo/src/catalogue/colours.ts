export interface Colour {
  readonly code: string;
  readonly fr: string;
  readonly en: string;
  readonly hex: string;
}

export const colours: readonly Colour[] = [
  colour('ECR', 'Écru', 'Ecru', '#ece3d0'),
  colour('IVO', 'Ivoire', 'Ivory', '#f3ecdf'),
  colour('BLC', 'Blanc', 'White', '#f7f6f2'),
  colour('NOI', 'Noir', 'Black', '#2a2a2c'),
  colour('GRI', 'Gris chiné', 'Heather grey', '#a7a8a6'),
  colour('ANT', 'Anthracite', 'Charcoal', '#4b4d52'),
  colour('MAR', 'Marine', 'Navy', '#2b3a57'),
  colour('CIE', 'Bleu ciel', 'Sky blue', '#a9c3d6'),
  colour('COB', 'Cobalt', 'Cobalt', '#2f56a6'),
  colour('CEL', 'Céladon', 'Celadon', '#a8c2b1'),
  colour('SAU', 'Sauge', 'Sage', '#8d9f83'),
  colour('OLI', 'Olive', 'Olive', '#6b6b42'),
  colour('FOR', 'Vert forêt', 'Forest green', '#2f4f43'),
  colour('SAB', 'Sable', 'Sand', '#d3bf9f'),
  colour('CAM', 'Camel', 'Camel', '#b98a5a'),
  colour('CHO', 'Chocolat', 'Chocolate', '#5a3f33'),
  colour('MOU', 'Moutarde', 'Mustard', '#cf9d3c'),
  colour('TER', 'Terracotta', 'Terracotta', '#bd6b4c'),
  colour('ROU', 'Rouge grenat', 'Garnet red', '#93323b'),
  colour('BOR', 'Bordeaux', 'Burgundy', '#5f2436'),
  colour('POU', 'Rose poudré', 'Powder pink', '#e0b9b0'),
  colour('FRA', 'Framboise', 'Raspberry', '#b7476b'),
  colour('LIL', 'Lilas', 'Lilac', '#b5a5cc'),
  colour('PRU', 'Prune', 'Plum', '#5b3b5c'),
];

export function colourByCode(code: string): Colour {
  const found = colours.find((one) => one.code === code);
  if (found === undefined) throw new RangeError(`There is no colour ${code}.`);
  return found;
}

function colour(code: string, fr: string, en: string, hex: string): Colour {
  return { code, fr, en, hex };
}
