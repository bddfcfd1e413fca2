import { sqlText } from '../sqlText.ts';

/** Letters that lose no accent by decomposition, Cyrillic and Greek, each by one Latin letter. */
const letters =
  'łl øo đd ðd ħh ıi æa œo þt аa бb вv гg дd еe жz зz иi іi кk лl мm нn оo пp рr сs тt уu фf хh цc чc шs щs ыy эe юu яa єe ґg ' +
  'αa βb γg δd εe ζz ηi θt ιi κk λl μm νn ξx οo πp ρr σs ςs τt υu φf χh ψp ωo';
const pairs = letters.split(' ').map((pair) => [...pair]);
const from = pairs.map(([letter]) => letter).join('');
const to = pairs.map(([, latin]) => latin).join('');
/** Left out. */
const signs = `'’‘\`´.ьъ`;

/** Lower case, Latin where one letter stands for another, no accents, apostrophes or dots. Long texts are cut before they cost. */
export const folded = (raw: string): string =>
  `translateUTF8(removeDiacriticsUTF8(caseFoldUTF8(toValidUTF8(substring(${raw}, 1, 400)))), ${sqlText(from + signs)}, ${sqlText(to)})`;

/** Words of letters and digits with single spaces between, at most `length` characters. */
export const words = (raw: string, length: number): string =>
  `substringUTF8(trim(replaceRegexpAll(${folded(raw)}, '[^\\\\p{L}\\\\p{N}]+', ' ')), 1, ${length})`;
