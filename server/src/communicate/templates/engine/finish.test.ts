import { expect, it } from 'vitest';
import { shortenText } from './finish.ts';

const own = new Set(['https://news.example/m/u/abc']);
const short = (text: string): string => shortenText(text, own, (url) => `<${url}>`);

it.each([
  ['Voir https://shop.example/p/1?a=1&b=é.', 'Voir <https://shop.example/p/1?a=1&b=é>.'],
  ['(https://shop.example) !', '(<https://shop.example>) !'],
  ['« http://a.example/x » et http://b.example/y, fin', '« <http://a.example/x> » et <http://b.example/y>, fin'],
  ['STOP : https://news.example/m/u/abc', 'STOP : https://news.example/m/u/abc'],
  ['Écrivez à hello@shop.example ou ftp://shop.example', 'Écrivez à hello@shop.example ou ftp://shop.example'],
  ['https://', 'https://'],
  ['rien', 'rien'],
])('addresses in a text are made short, what stands around them stays: %s', (text, expected) =>
  expect(short(text)).toBe(expected),
);

it('a hostile text takes no longer than a usual one', () => {
  const text = `https://${'a.'.repeat(50_000)}`;
  const started = performance.now();
  short(text);
  expect(performance.now() - started).toBeLessThan(10_000);
});
