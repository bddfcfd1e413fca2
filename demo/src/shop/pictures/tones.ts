/** The tones one colour is drawn in. */
export interface Tones {
  readonly main: string;
  readonly light: string;
  readonly dark: string;
  readonly line: string;
  /** Wall behind the piece, and the lit window in it. */
  readonly wall: string;
  readonly window: string;
}

const ivory = '#f6f1e7';
const ink = '#26211c';

export function tonesOf(hex: string): Tones {
  const bright = luminance(hex) > 0.72;
  return {
    main: hex,
    light: blend(hex, '#ffffff', bright ? 0.45 : 0.28),
    dark: blend(hex, ink, bright ? 0.16 : 0.28),
    line: blend(hex, ink, bright ? 0.42 : 0.55),
    wall: bright ? '#d9d3c3' : blend(hex, ivory, 0.7),
    window: bright ? '#e9e3d4' : blend(hex, ivory, 0.86),
  };
}

/** `share` of the way from one colour to another. */
export function blend(from: string, to: string, share: number): string {
  const channel = (hex: string, place: number) => Number.parseInt(hex.slice(1 + place * 2, 3 + place * 2), 16);
  return `#${[0, 1, 2]
    .map((place) => Math.round(channel(from, place) * (1 - share) + channel(to, place) * share))
    .map((value) => value.toString(16).padStart(2, '0'))
    .join('')}`;
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(
    (place) => Number.parseInt(hex.slice(place, place + 2), 16) / 255,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
