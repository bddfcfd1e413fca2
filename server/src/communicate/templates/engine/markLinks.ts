import { marks } from './marks.ts';

const attributes = '(?:"[^"]*"|\'[^\']*\'|[^\'">])*?';
const linkTag = new RegExp(`(<(?:a|area|v:roundrect)\\b${attributes}\\shref=)("[^"]*"|'[^']*')`, 'gi');

/**
 * Puts marks around the address of every link: it is known only when the message is filled in, and then becomes one that can
 * be followed. Works on a page whose Liquid was put aside.
 */
export function markLinks(html: string): string {
  const [open, between, close] = marks.link;
  let index = 0;
  return html.replace(linkTag, (_, before: string, quoted: string) => {
    index += 1;
    return `${before}"${open}${index}${between}${quoted.slice(1, -1).trim()}${close}"`;
  });
}
