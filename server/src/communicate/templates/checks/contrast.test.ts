import { describe, expect, it } from 'vitest';
import { contrastOf, findLowContrast, readColour } from './contrast.ts';

const ratio = (one: string, other: string): number => {
  const [left, right] = [readColour(one), readColour(other)];
  if (left === null || right === null) throw new Error('no colour');
  return contrastOf(left, right);
};

describe('contrast', () => {
  it('is that of WCAG: 21 for black on white, 4.54 for #767676', () => {
    expect(ratio('#000', 'white')).toBeCloseTo(21, 5);
    expect(ratio('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
    expect(ratio('rgb(255, 0, 0)', '#ffffff')).toBeCloseTo(4.0, 1);
    expect(readColour('transparent')).toBeNull();
  });

  it('is looked at with the nearest background, and more leniently for large words', () => {
    const page = `<body style="background:#ffffff"><div style="background-color:#000000;color:#666666">dim</div>
      <p style="color:#888888;font-size:14px">small</p><p
      style="color:#888888;font-size:26px">large</p><p style="color:#888888;font-size:19px;font-weight:bold">bold</p>
      <td bgcolor="#333333"><a style="color:#222222">hidden<br>word</a></td><p style="color:#999">#</p></body>`;
    expect(findLowContrast(page).map(({ text }) => text)).toEqual(['dim', 'small', 'hidden', '#']);
  });

  it('passes over what nobody sees', () => {
    const page =
      '<style>p{color:#fff}</style><!-- x --><div style="display:none;color:#fff">pre</div><p style="color:#fff">&nbsp;</p>';
    expect(findLowContrast(page)).toEqual([]);
  });
});
