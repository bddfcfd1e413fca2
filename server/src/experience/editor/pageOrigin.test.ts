import { expect, it } from 'vitest';
import { pageOrigin } from './pageOrigin.ts';

const domains = ['shop.example', '127.0.0.1'];

it.each([
  ['https://shop.example/sale?x=1#y', 'https://shop.example'],
  ['https://www.Shop.example', 'https://www.shop.example'],
  ['http://127.0.0.1:4401/fr/', 'http://127.0.0.1:4401'],
])('%s is a page of the shop', (address, origin) => {
  expect(pageOrigin(address, domains)).toBe(origin);
});

it.each([
  'https://evil.example/shop.example',
  'https://notshop.example',
  'https://shop.example.evil.example',
  'https://shop.example@evil.example',
  'https://me:secret@shop.example',
  'javascript:alert(1)//shop.example',
  'ftp://shop.example',
  'shop.example',
  '',
])('%s is none', (address) => {
  expect(pageOrigin(address, domains)).toBeNull();
});
