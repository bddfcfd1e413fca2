import { wrapBareText } from '@vitrail/contracts';
import mjml2html from 'mjml';

export interface LaidOut {
  readonly html: string;
  readonly problems: readonly { readonly line: number | null; readonly what: string }[];
}

/** MJML without Liquid → a page. Loads nothing: no fonts, no includes, no configuration files. Throws on what is no MJML. */
export async function layOut(mjml: string, language: string): Promise<LaidOut> {
  const source = wrapBareText(/<mjml[\s>]/i.test(mjml) ? mjml : `<mjml><mj-body>${mjml}</mj-body></mjml>`);
  const { html, errors } = await mjml2html(source, {
    fonts: {},
    ignoreIncludes: true,
    keepComments: false,
    validationLevel: 'soft',
  });
  return {
    html: tighten(html.replace('<html lang="und"', `<html lang="${language}"`)),
    problems: errors.map(({ line, message, tagName }) => ({ line: line ?? null, what: `${tagName}: ${message}` })),
  };
}

/** Every byte is sent to everybody, and Gmail clips after 102 kB: indentation goes. */
export const tighten = (html: string): string =>
  html.replace(/[ \t]*\r?\n[ \t\r\n]*/g, '\n').replace(/>\n<(?=t[dr]|\/t|table|tbody)/g, '><');
