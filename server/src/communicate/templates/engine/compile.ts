import type { TemplateContent } from '@vitrail/contracts';
import type { Json } from '../../../platform/index.ts';
import type { Compiled, CompileInput, SourceProblem } from './compiled.ts';
import { compileEmail } from './compileEmail.ts';
import { createLiquid } from './createLiquid.ts';
import type { Field } from './fields.ts';
import { includeParts } from './includeParts.ts';
import { textsIn } from './jsonTexts.ts';

const reader = createLiquid('plain');

/**
 * A template in one language, ready to be filled in, and what is wrong with it. With a problem of Liquid it cannot be filled
 * in at all; problems of the layout let a page through that may look wrong.
 */
export async function compile(input: CompileInput): Promise<{ compiled: Compiled; problems: SourceProblem[] }> {
  const { key, content, language, kit } = input;
  const { fields, problems } = await fieldsOf(input);
  const asks = new Set<string>();
  for (const { name, source } of fields) {
    try {
      for (const variable of reader.globalVariablesSync(reader.parse(source))) asks.add(variable);
    } catch (error) {
      if (name === 'text' && isMade(content, language)) continue;
      problems.push({
        code: 'liquid_error',
        field: fieldName(content, name),
        fatal: true,
        ...whereOf(error, content),
      });
    }
  }
  return { compiled: { key, language, content, kit, fields, asks }, problems };
}

/** The text part came out of the page: what is wrong there was said of the page. */
const isMade = (content: TemplateContent, language: string): boolean =>
  content.kind === 'email' && content.languages[language]?.text === undefined;

/** The author wrote MJML, not the page made of it. */
const fieldName = (content: TemplateContent, name: string): string => {
  if (content.kind !== 'email' || name !== 'html') return name;
  return Object.values(content.languages).some(({ mjml }) => mjml !== undefined) ? 'mjml' : 'html';
};

/** Liquid tells the line; of a page that was laid out it is not the author's. */
function whereOf(error: unknown, content: TemplateContent): { line: number | null; what: string } {
  const message = error instanceof Error ? error.message : String(error);
  const place = /, (?:file:.*, )?line:(\d+), col:\d+$/.exec(message);
  const line = place === null || content.kind === 'email' ? null : Number(place[1]);
  return { line, what: place === null ? message : message.slice(0, place.index) };
}

async function fieldsOf(input: CompileInput): Promise<{ fields: Field[]; problems: SourceProblem[] }> {
  const { content, language } = input;
  if (content.kind === 'email') {
    const text = content.languages[language];
    if (text === undefined) throw new Error('a template is compiled in a language it is not written in');
    return compileEmail(text, input);
  }
  const problems: SourceProblem[] = [];
  const fields = plainFields(content, language).map(({ name, source, writing }): Field => {
    const included = includeParts(source, { ...input, page: false });
    problems.push(...included.problems.map((problem) => ({ ...problem, field: name })));
    return { name, source: included.source, writing };
  });
  return { fields, problems };
}

function plainFields(content: Exclude<TemplateContent, { kind: 'email' }>, language: string): Field[] {
  switch (content.kind) {
    case 'text': {
      const { body = '', mediaUrls = [] } = content.languages[language] ?? {};
      return [
        { name: 'body', source: body, writing: 'plain' },
        ...mediaUrls.map((source, index): Field => ({ name: `mediaUrls/${index}`, source, writing: 'line' })),
      ];
    }
    case 'push': {
      const text = content.languages[language];
      return [
        { name: 'title', source: text?.title ?? '', writing: 'line' },
        { name: 'body', source: text?.body ?? '', writing: 'plain' },
        { name: 'url', source: text?.url ?? '', writing: 'line' },
        { name: 'imageUrl', source: text?.imageUrl ?? '', writing: 'line' },
        ...Object.entries(text?.data ?? {}).map(
          ([name, source]): Field => ({ name: `data/${name}`, source, writing: 'plain' }),
        ),
      ];
    }
    case 'whatsapp': {
      const parameters = content.languages[language]?.parameters ?? [];
      return parameters.map((source, index): Field => ({ name: `parameters/${index}`, source, writing: 'line' }));
    }
    case 'json': {
      const body: Json = content.languages[language]?.body ?? null;
      return textsIn(body).map((source, index): Field => ({ name: `body/${index}`, source, writing: 'plain' }));
    }
  }
}
