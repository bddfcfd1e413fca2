/**
 * Figures and a few letters as lines on a grid of 4 × 6, so that a picture looks the same on a server without any fonts.
 * Each line is points `xy`, upper left 00.
 */
const glyphs: Readonly<Record<string, string>> = {
  '0': '10 30 41 45 36 16 05 01 10',
  '1': '11 20 26|16 36',
  '2': '01 10 30 41 42 06 46',
  '3': '00 40 22 32 43 45 36 16 05',
  '4': '36 30 04 44',
  '5': '40 00 02 32 43 45 36 16 05',
  '6': '30 10 01 05 16 36 45 43 32 03',
  '7': '00 40 16',
  '8': '10 30 41 32 12 01 10|12 03 05 16 36 45 43 32',
  '9': '43 12 01 10 30 41 45 36 16',
  A: '06 20 46|14 34',
  D: '00 20 42 44 26 06 00',
  E: '40 00 06 46|03 33',
  H: '00 06|40 46|03 43',
  I: '10 30|20 26|16 36',
  J: '40 45 36 16 05',
  M: '06 00 23 40 46',
  N: '06 00 46 40',
  O: '10 30 41 45 36 16 05 01 10',
  R: '06 00 30 41 42 33 03|23 46',
  S: '41 30 10 01 02 13 33 44 45 36 16 05',
  T: '00 40|20 26',
  U: '00 05 16 36 45 40',
  Y: '00 23 40|23 26',
};

const wide = 4;
const step = 6;

/** A word as one path, `height` pixels high, its middle at `x`, its upper edge at `y`. Unknown characters are gaps. */
export function drawWord(
  word: string,
  { x, y, height, colour, stroke }: { x: number; y: number; height: number; colour: string; stroke: number },
): string {
  const scale = height / 6;
  const width = ((word.length - 1) * step + wide) * scale;
  const lines = [...word].flatMap((character, index) =>
    (glyphs[character] ?? '')
      .split('|')
      .filter((line) => line !== '')
      .map((line) =>
        line
          .split(' ')
          .map((point, at) => {
            const px = x - width / 2 + (index * step + Number(point[0])) * scale;
            const py = y + Number(point[1]) * scale;
            return `${at === 0 ? 'M' : 'L'}${px.toFixed(1)} ${py.toFixed(1)}`;
          })
          .join(''),
      ),
  );
  return `<path d="${lines.join('')}" fill="none" stroke="${colour}" stroke-width="${stroke}" stroke-linecap="round" stroke-linejoin="round"/>`;
}
