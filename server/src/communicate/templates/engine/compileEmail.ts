import type { EmailText } from '@vitrail/contracts';
import type { CompileInput, SourceProblem } from './compiled.ts';
import { escapeHtml } from './escape.ts';
import type { Field } from './fields.ts';
import { includeParts } from './includeParts.ts';
import { layOut, tighten } from './layOut.ts';
import { markLinks } from './markLinks.ts';
import { hideLiquid } from './marks.ts';
import { writeTextPart } from './textPart.ts';

type Written = Pick<CompileInput, 'kit' | 'parts' | 'language'>;

/** Shown by inboxes after the subject; the spaces behind it keep the rest of the page from following. */
const preheaderOf = (source: string): string =>
  source === ''
    ? ''
    : `<div class="preheader" style="display:none;font-size:1px;line-height:1px;max-height:0;max-width:0;opacity:0;overflow:hidden;mso-hide:all">${source}${'&#847;&zwnj;&nbsp;'.repeat(40)}</div>`;

/** Liquid in a text of an author, which is no markup: all around it is escaped. */
function escapeAround(source: string): string {
  const hidden = hideLiquid(source);
  return hidden.restore(escapeHtml(hidden.text));
}

/** The texts of an e-mail, laid out and ready for Liquid. */
export async function compileEmail(
  text: EmailText,
  written: Written,
): Promise<{ fields: Field[]; problems: SourceProblem[] }> {
  const problems: SourceProblem[] = [];
  const put = (field: string, source: string, page: boolean): string => {
    const included = includeParts(source, { ...written, page });
    problems.push(...included.problems.map((problem) => ({ ...problem, field })));
    return included.source;
  };
  const subject = put('subject', text.subject, false);
  const preheader = put('preheader', text.preheader, false);
  const field = text.html === undefined ? 'mjml' : 'html';
  const page = hideLiquid(put(field, text.html ?? text.mjml ?? '', true));
  const laidOut = await layOutPage(page.text, { field, language: written.language });
  problems.push(...laidOut.problems);
  const marked = markLinks(laidOut.html);
  const html = page.restore(addPreheader(marked, preheaderOf(escapeAround(preheader))));
  const plain = text.text === undefined ? page.restore(writeTextPart(marked)) : put('text', text.text, false);
  return {
    fields: [
      { name: 'subject', source: subject, writing: 'line' },
      { name: 'html', source: html, writing: 'page' },
      { name: 'text', source: plain, writing: 'plain' },
    ],
    problems,
  };
}

async function layOutPage(
  source: string,
  { field, language }: { field: 'html' | 'mjml'; language: string },
): Promise<{ html: string; problems: SourceProblem[] }> {
  if (field === 'html') return { html: tighten(source), problems: [] };
  try {
    const { html, problems } = await layOut(source, language);
    return { html, problems: problems.map((problem) => ({ ...problem, code: 'layout_error', field, fatal: false })) };
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    return { html: '', problems: [{ code: 'layout_error', field, line: null, what, fatal: true }] };
  }
}

function addPreheader(html: string, preheader: string): string {
  if (preheader === '') return html;
  const body = /<body\b[^>]*>/i.exec(html);
  if (body === null) return preheader + html;
  const end = body.index + body[0].length;
  return html.slice(0, end) + preheader + html.slice(end);
}
