import { offerPart } from '../experiences/parts.ts';
import { buildAsking } from './capture/buildAsking.ts';
import { captureStyle } from './capture/captureStyle.ts';

offerPart('capture', { style: captureStyle, build: buildAsking });
