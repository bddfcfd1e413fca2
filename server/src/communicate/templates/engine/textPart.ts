import { compile } from 'html-to-text';

const convert = compile({
  wordwrap: false,
  preserveNewlines: false,
  selectors: [
    { selector: 'img', format: 'skip' },
    { selector: 'a', options: { linkBrackets: ['<', '>'], hideLinkHrefIfSameAsText: false } },
    { selector: 'h1', options: { uppercase: false } },
    { selector: 'h2', options: { uppercase: false } },
    { selector: 'h3', options: { uppercase: false } },
    { selector: '.preheader', format: 'skip' },
  ],
});

const bareLink = /^[ \t]*<?\uE010[^\uE012\n]*\uE012>?[ \t]*$/gm;

/** The text part of a page whose Liquid was put aside. Links without words (pictures) are left out. */
export function writeTextPart(html: string): string {
  const text = convert(html.replace(/<style[\s\S]*?<\/style>|<title[\s\S]*?<\/title>/gi, ''));
  return text
    .replace(bareLink, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
