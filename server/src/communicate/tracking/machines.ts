/** Who asked for a link or a picture, as far as headers tell. */
export interface Visitor {
  readonly method: string;
  readonly userAgent: string;
  /** `Sec-Purpose` or `Purpose`: browsers fetch ahead of a click. */
  readonly purpose: string;
}

/** Link scanners of mail gateways, previews of chats, tools. */
const scanners =
  /bot\b|crawl|spider|scan|preview|prefetch|proofpoint|mimecast|barracuda|safelinks|urldefense|messagelabs|forcepoint|trendmicro|fortiguard|sophos|cisco|ironport|facebookexternalhit|slackbot|whatsapp|telegrambot|skypeuripreview|curl\/|wget\/|python|okhttp|go-http-client|java\/|libwww|headless|phantom|axios|node-fetch|undici/i;

/** Mail services that fetch every picture ahead, or for everybody at once: nobody can tell when the person looked. */
const pictureProxies = /googleimageproxy|yahoomailproxy|yahoo! slurp|bingpreview|outlook-?(ios|android)?-?proxy/i;

const isAutomatic = ({ method, userAgent, purpose }: Visitor): boolean =>
  method === 'HEAD' || /prefetch|preview/i.test(purpose) || userAgent.trim() === '' || scanners.test(userAgent);

/** A followed link that nobody clicked. */
export const isMachineClick = (visitor: Visitor): boolean => isAutomatic(visitor);

/** A fetched picture that nobody looked at. Apple's Mail Privacy Protection says no more than "Mozilla/5.0". */
export const isMachineOpen = (visitor: Visitor): boolean =>
  isAutomatic(visitor) || visitor.userAgent.trim() === 'Mozilla/5.0' || pictureProxies.test(visitor.userAgent);

/** So many different links of one message within the time a visit is held back: a scanner follows them all. */
export const scannedLinks = 4;
