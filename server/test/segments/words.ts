/** What random histories and definitions have in common, so that they meet; odd values among them. */
export const eventNames = ['Product Viewed', 'Product Added', 'Checkout Started', 'Email Opened'];
export const pageNames = ['Home', 'Shoes'];
export const categories = ['Shoes', 'Hats', 'Été', ''];
export const brands = ['Atlas', 'NORD', ''];
export const products = ['P1', 'P2', 'P3'];
export const traitNames = ['plan', 'age', 'likes', 'vip', 'birth', 'renewal', 'home.city', 'odd"name\\\'{p1:String}'];
export const propertyNames = ['color', 'size', 'tags', 'gift', 'delivery', 'cart_id', 'ship.city', 'a"b\\{p1:String}'];
export const texts = ['Red', 'blue', 'ÉTÉ', 'été', 'dark red', '100%', 'a_b', 'Œuf', 'red\nline', "l'été"];
export const numberTexts = ['1', '2.5', '-3', '10', '12.30', '0', '1e1', '+4', '.5', '7.'];
export const noNumbers = ['NaN', 'inf', '-Infinity', '0x10', ' 12', '12 ', '1,5', '12abc', '1_000', '', 'e5', '٣'];
export const booleans = [true, false, 'yes', 'No', 1, 0, '1', 'TRUE', 'oui', 2];
export const items = ['Running', 'yoga', 'GOLF', 'é'];
export const noDates = [
  '2026-02-30',
  '2026-13-01',
  '20260101',
  'tomorrow',
  '1767225600',
  '2026-1-5',
  '2026-01-05T25:00:00Z',
];
export const patterns = ['^re', 'd$', 'o{1,2}', '[a-f]\\d', 'é', '.*', 'red.line', '\\bdark\\b', '(blue|red)$', '_'];
export const purposes = ['email', 'sms', 'it\'s"odd'];
export const coupons = ['SUMMER', 'été', ''];
export const channels = ['web', 'Store', ''];
/** With no rate, and one fixed to the euro. */
export const currencies = ['EUR', 'EUR', 'BAM', 'XXX'];
export const bamPerEuro = 1.95583;
export const sources = ['google', 'newsletter', ''];
export const agents = [
  { text: '', device_type: '', os: '', browser: '', bot: false },
  {
    text: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36',
    device_type: 'desktop',
    os: 'Windows',
    browser: 'Chrome',
    bot: false,
  },
  {
    text: 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1',
    device_type: 'mobile',
    os: 'iOS',
    browser: 'Safari',
    bot: false,
  },
  {
    text: 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
    device_type: 'bot',
    os: '',
    browser: 'Googlebot',
    bot: true,
  },
];
