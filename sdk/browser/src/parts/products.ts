import { offerPart } from '../experiences/parts.ts';
import { buildBlock } from './products/buildBlock.ts';
import { productStyle } from './products/productStyle.ts';

offerPart('products', { style: productStyle, buildBlock });
