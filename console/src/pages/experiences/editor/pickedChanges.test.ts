import type { PickedElement } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { changeOf, possibleChanges, withChange } from './pickedChanges.ts';

const element = (fields: Partial<PickedElement> = {}): PickedElement => ({
  selector: 'h1',
  count: 1,
  fragile: null,
  tag: 'h1',
  text: 'New in',
  nested: false,
  image: null,
  link: null,
  attributes: {},
  colours: { text: 'rgb(0, 0, 0)', background: 'rgb(255, 255, 255)' },
  ...fields,
});

describe('what can be changed of an element', () => {
  it('follows from what it is', () => {
    expect(possibleChanges(element())).toEqual(['text', 'hide', 'move', 'attribute']);
    expect(possibleChanges(element({ nested: true, link: '/sale' }))).toEqual(['link', 'hide', 'move', 'attribute']);
    expect(possibleChanges(element({ image: { src: '/a.png', alt: '' }, text: '' }))).toContain('image');
  });

  it('begins with what is there', () => {
    expect(changeOf(element(), 'text')).toEqual({ action: 'text', selector: 'h1', value: 'New in' });
    expect(changeOf(element({ attributes: { title: 'Hello' } }), 'attribute')).toMatchObject({ value: 'Hello' });
  });

  it('takes the place of a change that nobody filled', () => {
    const hide = { action: 'hide', selector: 'p' } as const;
    expect(withChange([{ action: 'text', selector: '', value: '' }], hide)).toEqual([hide]);
    expect(withChange([hide], hide)).toHaveLength(2);
  });
});
