/** GSM 03.38: what fits into seven bits. */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Those take two places. */
const extended = new Set('^{}\\[~]|€\f');

export interface SmsLength {
  readonly encoding: 'gsm7' | 'ucs2';
  /** Places taken, in the units of the encoding. */
  readonly units: number;
  readonly parts: number;
  /** What keeps the text from the cheaper encoding. */
  readonly foreign: readonly string[];
}

/** How many SMS a text takes: 160 letters of the GSM alphabet or 70 of any, less when there are several. */
export function measureSms(text: string): SmsLength {
  const foreign = new Set<string>();
  let units = 0;
  for (const character of text) {
    if (basic.has(character)) units += 1;
    else if (extended.has(character)) units += 2;
    else foreign.add(character);
  }
  const gsm = foreign.size === 0;
  const length = gsm ? units : text.length;
  const [single, each] = gsm ? [160, 153] : [70, 67];
  return {
    encoding: gsm ? 'gsm7' : 'ucs2',
    units: length,
    parts: length <= single ? Math.min(length, 1) : Math.ceil(length / each),
    foreign: [...foreign],
  };
}
