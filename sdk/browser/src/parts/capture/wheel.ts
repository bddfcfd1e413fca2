import type { Segment } from '../../experiences/capturePart.ts';
import { inLanguage } from '../../experiences/payload.ts';
import { make } from './elements.ts';
import type { AskWords } from './words.ts';

const svg = 'http://www.w3.org/2000/svg';
const colours = [
  '#b3261e',
  '#1f5fd0',
  '#1b7f3b',
  '#8a5a00',
  '#6b3fa0',
  '#00707a',
  '#a0306b',
  '#4d5663',
  '#7a4b2a',
  '#2c3e82',
  '#576b00',
  '#8c2f4f',
];
const turnMs = 4_000;

export interface Wheel {
  readonly element: HTMLElement;
  /** Turns to a segment; resolves once it stands. At once for those who asked for less motion. */
  turnTo(key: string): Promise<void>;
  /** The chances as they were at the draw. */
  tell(chances: Readonly<Record<string, number>>): void;
}

/** A picture whose parts are as large as their chances, and the same in words: the picture is for the eye only. */
export function buildWheel(segments: readonly Segment[], language: string, words: AskWords): Wheel {
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 2 });
  const picture = document.createElementNS(svg, 'svg');
  picture.setAttribute('viewBox', '-1 -1 2 2');
  picture.setAttribute('aria-hidden', 'true');
  const middles = new Map<string, number>();
  const list = make('ul', { className: 'chances', ariaLabel: words.chances });
  const figures = new Map<string, HTMLElement>();
  let from = 0;
  for (const [at, { key, label, chance }] of segments.entries()) {
    const colour = colours[at % colours.length] ?? '';
    middles.set(key, from + chance / 2);
    if (chance > 0) picture.append(slice(from, chance, colour));
    from += chance;
    const dot = make('span', { className: 'dot' });
    dot.style.setProperty('background', colour);
    const figure = make('span');
    figures.set(key, figure);
    list.append(make('li', {}, dot, make('span', { textContent: inLanguage(label, language) ?? key }), figure));
  }
  const tell = (chances: Readonly<Record<string, number>>): void => {
    for (const { key, chance, offer } of segments) {
      const now = chances[key] ?? chance;
      const figure = figures.get(key);
      if (figure !== undefined) figure.textContent = now === 0 && offer !== null ? words.out : percent.format(now);
    }
  };
  tell({});
  const frame = make('div', { className: 'fortune' }, picture);
  return {
    element: make('div', {}, frame, make('p', { className: 'step', textContent: words.chances }), list),
    tell,
    async turnTo(key) {
      const rotated = (turns: number): string => `rotate(${turns * 360}deg)`;
      const end = rotated(5 - (middles.get(key) ?? 0));
      if (matchMedia('(prefers-reduced-motion: reduce)').matches || picture.animate === undefined) {
        picture.style.setProperty('transform', end);
        return;
      }
      const turning = picture.animate([{ transform: rotated(0) }, { transform: end }], {
        duration: turnMs,
        easing: 'cubic-bezier(.15,.75,.1,1)',
        fill: 'forwards',
      });
      // A tab in the background draws nothing: what was won does not wait for it.
      const late = new Promise<void>((resolve) => setTimeout(resolve, turnMs + 500));
      await Promise.race([turning.finished, late]);
    },
  };
}

/** From the top, clockwise. */
function slice(from: number, share: number, colour: string): SVGElement {
  const shape = document.createElementNS(svg, share > 0.999_999 ? 'circle' : 'path');
  shape.setAttribute('fill', colour);
  shape.setAttribute('stroke', '#fff');
  shape.setAttribute('stroke-width', '.01');
  const point = (turn: number): string =>
    `${Math.sin(turn * 2 * Math.PI).toFixed(4)} ${(-Math.cos(turn * 2 * Math.PI)).toFixed(4)}`;
  if (share > 0.999_999) shape.setAttribute('r', '1');
  else shape.setAttribute('d', `M0 0L${point(from)}A1 1 0 ${share > 0.5 ? 1 : 0} 1 ${point(from + share)}Z`);
  return shape;
}
