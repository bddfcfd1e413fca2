import { createHash } from 'node:crypto';
import type { TemplateContent, TemplatePreview } from '@vitrail/contracts';
import type { Deps, JsonObject } from '../../platform/index.ts';
import { measureSms } from './checks/smsParts.ts';
import { unescapeHtml } from './engine/escape.ts';
import { loadExamples } from './load/contexts.ts';
import { loadHouse } from './load/house.ts';
import { chooseLanguage, loadPeople } from './load/people.ts';
import type { Renderer } from './render.ts';
import { findSourceProblems } from './store/saveTemplate.ts';

export interface PreviewInput {
  readonly workspace: number;
  readonly content: TemplateContent;
  /** 0: nobody known. */
  readonly profile: number;
  readonly language?: string | undefined;
  readonly variables: JsonObject;
  /** How its links are marked when it is sent. */
  readonly mark: (url: string) => string;
}

const nobody = { unsubscribe: 'https://example.invalid/m/u/you', preferences: 'https://example.invalid/m/p/you' };

/** A message as one person would get it. What keeps it from being filled in stands among the problems. */
export async function previewTemplate(
  deps: Pick<Deps, 'pg'> & { readonly renderer: Renderer },
  input: PreviewInput,
): Promise<TemplatePreview> {
  const { workspace, content, profile } = input;
  const written = Object.keys(content.languages);
  const people = await loadPeople(deps, workspace, [profile]);
  const wanted = input.language ?? people.get(profile)?.language ?? null;
  const language = chooseLanguage(written, wanted, content.fallbackLanguage);
  const problems = await findSourceProblems(await loadHouse(deps, workspace), content);
  const base: TemplatePreview = {
    language,
    subject: null,
    preheader: null,
    from: null,
    html: null,
    text: null,
    message: null,
    bytes: 0,
    parts: null,
    examples: false,
    problems,
  };
  if (problems.some((problem) => problem.level === 'error' && problem.language === language)) return base;
  const key = `preview-${createHash('sha256').update(JSON.stringify(content)).digest('base64url')}`;
  const { mark } = input;
  const links = { ...nobody, track: mark, shorten: mark, openPixel: null };
  const examples = await loadExamples(deps, workspace, input.variables);
  const variables = { ...(examples ?? input.variables), language };
  const [rendered] = await deps.renderer.renderContent({
    workspace,
    content,
    key,
    items: [{ message: 0, profile, variant: '', variables, links }],
  });
  if (rendered === undefined) throw new Error('a preview was asked for and not written out');
  if (!rendered.ok) {
    const what = rendered.detail;
    const problem = {
      code: 'liquid_error',
      level: 'error',
      language,
      field: '',
      line: null,
      what,
      people: null,
      of: null,
    } as const;
    return { ...base, problems: [...problems, problem] };
  }
  const message = rendered.content;
  const shown = { ...base, examples: examples !== null && JSON.stringify(content).includes('products') };
  if (message.kind === 'email') {
    const { subject, html, text, from } = message;
    const preheader = /<div class="preheader"[^>]*>([\s\S]*?)&#847;/.exec(html)?.[1] ?? '';
    return {
      ...shown,
      subject,
      html,
      text,
      preheader: unescapeHtml(preheader),
      from: `${from.name} <${from.address}>`,
      bytes: Buffer.byteLength(html),
    };
  }
  const body = message.kind === 'text' ? message.body : null;
  return {
    ...shown,
    text: body,
    message: JSON.parse(JSON.stringify(message)),
    bytes: Buffer.byteLength(JSON.stringify(message)),
    parts: body === null ? null : measureSms(body).parts,
  };
}
