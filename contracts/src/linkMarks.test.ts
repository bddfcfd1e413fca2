import { describe, expect, it } from 'vitest';
import { markUrl, usualLinkMarks } from './linkMarks.ts';

const words = {
  campaign: 'Spring & Summer',
  template: 'Été 2026',
  channel: 'email',
  variant: 'A',
  workspace: 'Clairvoie',
};
const mark = (url: string, marks = {}): string => markUrl(url, { ...usualLinkMarks, ...marks }, words);
const usual =
  'utm_source=Clairvoie&utm_medium=email&utm_campaign=Spring%20%26%20Summer&utm_content=%C3%89t%C3%A9%202026';

describe('the marks of a link', () => {
  it('come from the names of what sends it', () => {
    expect(mark('https://shop.example/boots')).toBe(`https://shop.example/boots?${usual}`);
  });

  it('stand behind what the address asks, and before its place on the page', () => {
    expect(mark('https://shop.example/?q=a&size=42#top')).toBe(`https://shop.example/?q=a&size=42&${usual}#top`);
    expect(mark('https://shop.example/?')).toBe(`https://shop.example/?${usual}`);
    expect(mark('https://shop.example/?q=a&')).toBe(`https://shop.example/?q=a&${usual}`);
  });

  it('never overwrite those of the address, however they are written', () => {
    expect(mark('https://shop.example/?UTM_Source=press&utm_medium=&utm_campaign=x&utm_content=y')).toBe(
      'https://shop.example/?UTM_Source=press&utm_medium=&utm_campaign=x&utm_content=y',
    );
    expect(mark('https://shop.example/?utm_campaign=own', { content: '' })).toBe(
      'https://shop.example/?utm_campaign=own&utm_source=Clairvoie&utm_medium=email',
    );
  });

  it('leave the rest letter by letter, and what is no address of the web alone', () => {
    expect(mark('https://shop.example/a%2Fb?sig=%2B/=~é', { source: 'x', medium: '', campaign: '', content: '' })).toBe(
      'https://shop.example/a%2Fb?sig=%2B/=~é&utm_source=x',
    );
    expect(mark('mailto:anna@example.com')).toBe('mailto:anna@example.com');
    expect(mark('https://shop.example/', { source: ' ', medium: '', campaign: '', content: '' })).toBe(
      'https://shop.example/',
    );
  });
});
