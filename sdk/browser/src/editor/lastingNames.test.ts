import { describe, expect, it } from 'vitest';
import { isGenerated, isState } from './lastingNames.ts';

describe('a name on a page', () => {
  it.each(['hero', 'hero-text', 'heroTextBox', 'feedback', 'card__title', 'col-12', 'h2', 'product-list'])(
    '%s was given by somebody',
    (name) => expect(isGenerated(name)).toBe(false),
  );
  it.each([
    'product-48213',
    ':r1a:',
    'css-1x2y3z',
    'sc-bdVaJa',
    '_title_1a2b3_4',
    'Hero_title__aB3dE',
    'a1b2c3d4',
    'sB7kQ',
  ])('%s was made up by a tool', (name) => expect(isGenerated(name)).toBe(true));
  it.each(['is-open', 'active', 'menu-open', 'js-ready', 'nav_selected'])('%s tells a state', (name) =>
    expect(isState(name)).toBe(true),
  );
  it.each(['opening-hours', 'activewear', 'showroom'])('%s tells none', (name) => expect(isState(name)).toBe(false));
});
