import type { ExperienceContent, PickedElement } from '@vitrail/contracts';

export type Change = Extract<ExperienceContent, { kind: 'change' }>['changes'][number];
export type Action = Change['action'];

/** What can be changed of an element: a picture has no text, and what holds others is not written over by mistake. */
export function possibleChanges({ image, link, nested, text }: PickedElement): Action[] {
  return [
    ...(image === null && !nested && text !== '' ? (['text'] as const) : []),
    ...(image === null ? [] : (['image'] as const)),
    ...(link === null ? [] : (['link'] as const)),
    'hide',
    'move',
    'attribute',
  ];
}

/** A change that begins with what is there. */
export function changeOf({ selector, text, image, link, attributes }: PickedElement, action: Action): Change {
  switch (action) {
    case 'text':
      return { action, selector, value: text };
    case 'image':
      return { action, selector, value: image?.src ?? '', alt: image?.alt.slice(0, 300) ?? '' };
    case 'link':
      return { action, selector, value: link ?? '' };
    case 'attribute':
      return { action, selector, name: 'title', value: attributes.title ?? '' };
    case 'hide':
      return { action, selector };
    case 'move':
      return { action, selector, before: '' };
  }
}

/** One more change; an empty one that nobody filled makes room. */
export const withChange = (changes: readonly Change[], added: Change): Change[] => [
  ...changes.filter(({ selector }) => selector !== ''),
  added,
];
