import { Resvg } from '@resvg/resvg-js';
import { drawWord } from './strokes.ts';

const words = {
  en: { units: ['DAYS', 'HOURS', 'MIN'], over: 'ENDED' },
  fr: { units: ['JOURS', 'HEURES', 'MIN'], over: 'TERMINE' },
} as const;

const minuteMs = 60_000;

/** What is left until then, in whole minutes; null once it is over. */
export function leftUntil(until: Date, now: Date): readonly [days: number, hours: number, minutes: number] | null {
  if (until.getTime() <= now.getTime()) return null;
  const minutes = Math.floor((until.getTime() - now.getTime()) / minuteMs);
  return [Math.min(Math.floor(minutes / 1_440), 999), Math.floor(minutes / 60) % 24, minutes % 60];
}

const frame = (content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="128" viewBox="0 0 480 128"><rect width="480" height="128" rx="12" fill="#111827"/>${content}</svg>`;

/** A still picture of what is left at this moment: mail programs show no movement, and many keep the picture they got. */
export function drawCountdown({ until, now, language }: { until: Date; now: Date; language: string }): Buffer {
  const { units, over } = language.startsWith('fr') ? words.fr : words.en;
  const left = leftUntil(until, now);
  const parts =
    left === null
      ? [drawWord(over, { x: 240, y: 46, height: 36, colour: '#ffffff', stroke: 5 })]
      : left.flatMap((value, index) => {
          const x = 90 + index * 150;
          return [
            drawWord(String(value).padStart(2, '0'), { x, y: 24, height: 46, colour: '#ffffff', stroke: 6 }),
            drawWord(units[index] ?? '', { x, y: 90, height: 14, colour: '#d1d5db', stroke: 2.4 }),
          ];
        });
  return new Resvg(frame(parts.join('')), { fitTo: { mode: 'width', value: 960 }, font: { loadSystemFonts: false } })
    .render()
    .asPng();
}
