import { describe, expect, it } from 'vitest';
import { starters } from '../starters.ts';
import { addVariant, check, emptyDraft, evenly, isPersonal, isSame, keyOf, kinds, withKind } from './draft.ts';

const now = new Date('2026-11-22T09:00:00.000Z');
const problemsOf = (draft: Parameters<typeof check>[0]) => {
  const checked = check(draft);
  return 'problems' in checked ? Object.fromEntries(checked.problems) : {};
};

describe('what is typed of an experience', () => {
  it('says by field what is still missing', () => {
    expect(problemsOf(emptyDraft())).toEqual({
      key: 'required',
      name: 'required',
      'variants.0.content.texts': 'texts',
    });
  });

  it('leaves out what was left empty', () => {
    const [variant] = emptyDraft().variants;
    if (variant === undefined) throw new Error('a draft has a variant');
    const content = {
      ...withKind(variant.content, 'modal'),
      link: ' ',
      style: { background: '', text: '#112233' },
      texts: { fr: { title: 'Bonjour', body: '' }, en: { title: ' ' } },
    };
    if (content.kind !== 'modal') throw new Error('it is a modal');
    const checked = check({
      ...emptyDraft(),
      key: 'hello',
      name: 'Hello',
      group: '',
      variants: [{ ...variant, content }],
    });
    if ('problems' in checked) throw new Error([...checked.problems.keys()].join());
    expect(checked.request.group).toBeNull();
    expect(checked.request.variants[0]?.content).toMatchObject({
      texts: { fr: { title: 'Bonjour' } },
      style: { text: '#112233' },
    });
    expect(checked.request.variants[0]?.content).not.toHaveProperty('link');
    expect(checked.request.variants[0]?.content).not.toHaveProperty('texts.en');
  });

  it('names a link that leads nowhere, a colour that is none, and weights that do not add up', () => {
    const [variant] = emptyDraft().variants;
    if (variant === undefined || variant.content.kind !== 'bar') throw new Error('it begins as a bar');
    const content = {
      ...variant.content,
      texts: { fr: { title: 'Oui' } },
      link: 'javascript:alert(1)',
      style: { text: 'red' },
    };
    const draft = { ...emptyDraft(), key: 'Not a key', name: 'n', variants: [{ ...variant, content, weight: 1 }] };
    expect(problemsOf(draft)).toEqual({
      key: 'key',
      'variants.0.content.link': 'link',
      'variants.0.content.style.text': 'colour',
    });
    const heavy = { ...variant, content: { ...content, link: '/sale', style: {} } };
    expect(problemsOf({ ...draft, key: 'k', variants: [{ ...heavy, weight: 0.5 }] })).toEqual({ variants: 'weights' });
    expect(problemsOf({ ...draft, key: 'k', variants: evenly([heavy, heavy]) })).toEqual({ variants: 'unique' });
  });

  it('keeps its words from one kind to the next and asks only for what the kind needs', () => {
    const bar = withKind(
      { kind: 'modal', texts: { fr: { title: 'Oui' } }, style: {}, blocks: [], closable: true },
      'bar',
    );
    expect(bar).toMatchObject({ kind: 'bar', place: 'top', texts: { fr: { title: 'Oui' } } });
    for (const kind of kinds) expect(withKind(bar, kind).kind).toBe(kind);
  });

  it('shares people evenly among variants', () => {
    const three = addVariant(addVariant(emptyDraft().variants));
    expect(three.map(({ key, weight }) => [key, weight])).toEqual([
      ['a', 0.34],
      ['b', 0.33],
      ['c', 0.33],
    ]);
  });

  it('is for everybody only while it chooses and compares nobody', () => {
    expect(isPersonal(emptyDraft())).toBe(false);
    expect(isPersonal({ ...emptyDraft(), control: 0.1 })).toBe(true);
    expect(isPersonal({ ...emptyDraft(), variants: addVariant(emptyDraft().variants) })).toBe(true);
    expect(isPersonal({ ...emptyDraft(), audience: { segments: [], exclude: ['3'], visitors: 'all' } })).toBe(true);
  });

  it('is the same again when a field was only touched', () => {
    expect(isSame({ ...emptyDraft(), group: '' }, emptyDraft())).toBe(true);
    expect(isSame({ ...emptyDraft(), group: 'bars' }, emptyDraft())).toBe(false);
  });

  it('makes a key of a name', () => {
    expect(keyOf('Livraison offerte dès 60 € !')).toBe('livraison-offerte-des-60');
    expect(keyOf('  --  ')).toBe('');
  });
});

describe('ready-made beginnings', () => {
  it.each(starters.flatMap((starter) => (['fr', 'en'] as const).map((language) => ({ starter, language }))))(
    'can be kept as they are: $starter.key in $language',
    ({ starter, language }) => {
      expect(problemsOf(starter.begin(language, now))).toEqual({});
    },
  );
});
