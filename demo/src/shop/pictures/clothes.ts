import type { Tones } from './tones.ts';

/** A piece drawn on a canvas of 400 × 480; `fill` is its cloth: a colour or a pattern. */
export type Shape = (tones: Tones, fill: string) => string;

const hanger = (line: string) =>
  `<path d="M200 112V96a12 12 0 1 1 12-12" fill="none" stroke="${line}" stroke-width="4" stroke-linecap="round"/>`;

function seams(line: string, ...paths: string[]): string {
  return `<g fill="none" stroke="${line}" stroke-width="2.5" stroke-linecap="round" opacity=".55">${paths.map((d) => `<path d="${d}"/>`).join('')}</g>`;
}

function cloth(d: string, { line }: Tones, fill: string): string {
  return `<path d="${d}" fill="${fill}" stroke="${line}" stroke-width="3" stroke-linejoin="round"/>`;
}

const buttons = (line: string, ...heights: number[]) =>
  heights.map((y) => `<circle cx="200" cy="${y}" r="4" fill="${line}" opacity=".7"/>`).join('');

export const clothes: Readonly<Record<string, Shape>> = {
  dress: (tones, fill) =>
    hanger(tones.line) +
    cloth(
      'M166 114C176 142 224 142 234 114L258 124 248 196C245 220 250 236 256 252L304 412C240 434 160 434 96 412L144 252C150 236 155 220 152 196L142 124Z',
      tones,
      fill,
    ) +
    `<path d="M147 240C180 250 220 250 253 240L256 252C220 263 180 263 144 252Z" fill="${tones.dark}" opacity=".55"/>` +
    seams(
      tones.line,
      'M172 268L146 418',
      'M200 268V426',
      'M228 268L254 418',
      'M170 150C180 172 180 200 176 230',
      'M230 150C220 172 220 200 224 230',
    ),
  blouse: (tones, fill) =>
    hanger(tones.line) +
    cloth(
      'M162 114L200 132 238 114 284 138C312 180 330 230 334 286C322 298 306 300 294 294L266 222 272 376C230 388 170 388 128 376L134 222 106 294C94 300 78 298 66 286C70 230 88 180 116 138Z',
      tones,
      fill,
    ) +
    `<path d="M162 114L200 132 238 114 226 160 200 138 174 160Z" fill="${tones.light}" stroke="${tones.line}" stroke-width="2.5" stroke-linejoin="round"/>` +
    seams(
      tones.line,
      'M200 138V384',
      'M134 222L140 176',
      'M266 222L260 176',
      'M74 272C88 286 98 286 108 280',
      'M326 272C312 286 302 286 292 280',
    ) +
    buttons(tones.line, 176, 216, 256, 296, 336),
  knit: (tones, fill) =>
    hanger(tones.line) +
    cloth(
      'M156 112C170 132 230 132 244 112L288 132C306 150 334 262 344 314L304 330 268 226V380H132V226L96 330 56 314C66 262 94 150 112 132Z',
      tones,
      fill,
    ) +
    `<path d="M156 112C170 132 230 132 244 112L252 122C232 150 168 150 148 122Z" fill="${tones.dark}" opacity=".6"/><path d="M132 356H268V380H132Z" fill="${tones.dark}" opacity=".45"/><path d="M64 288L106 304 96 330 56 314Z" fill="${tones.dark}" opacity=".45"/><path d="M336 288L294 304 304 330 344 314Z" fill="${tones.dark}" opacity=".45"/>` +
    seams(
      tones.line,
      'M160 160V350',
      'M180 158V350',
      'M200 158V350',
      'M220 158V350',
      'M240 160V350',
      'M132 226L138 166',
      'M268 226L262 166',
    ),
  shirt: (tones, fill) =>
    hanger(tones.line) +
    cloth('M160 112L200 128 240 112 286 136 330 318 292 332 266 228V384H134V228L108 332 70 318 114 136Z', tones, fill) +
    `<path d="M160 112L200 128 182 168 150 130Z" fill="${tones.light}" stroke="${tones.line}" stroke-width="2.5" stroke-linejoin="round"/><path d="M240 112L200 128 218 168 250 130Z" fill="${tones.light}" stroke="${tones.line}" stroke-width="2.5" stroke-linejoin="round"/><path d="M222 208H252V240L237 250 222 240Z" fill="none" stroke="${tones.line}" stroke-width="2.5" opacity=".6"/>` +
    seams(tones.line, 'M193 140V384', 'M207 140V384', 'M76 294L114 308', 'M324 294L286 308') +
    buttons(tones.line, 180, 220, 260, 300, 340),
  tee: (tones, fill) =>
    hanger(tones.line) +
    cloth(
      'M158 112C172 136 228 136 242 112L290 134 332 220 288 244 266 210V386H134V210L112 244 68 220 110 134Z',
      tones,
      fill,
    ) +
    `<path d="M158 112C172 136 228 136 242 112L250 118C232 150 168 150 150 118Z" fill="${tones.dark}" opacity=".5"/>` +
    seams(tones.line, 'M134 210L140 164', 'M266 210L260 164', 'M76 210L118 232', 'M324 210L282 232', 'M140 374H260'),
  trousers: (tones, fill) =>
    cloth('M138 96H262L286 436H220L200 214 180 436H114Z', tones, fill) +
    `<path d="M138 96H262L264 118H136Z" fill="${tones.dark}" opacity=".5"/>` +
    seams(
      tones.line,
      'M200 118V214',
      'M136 124C140 150 154 164 172 166',
      'M264 124C260 150 246 164 228 166',
      'M158 180L148 430',
      'M242 180L252 430',
      'M200 118C212 150 212 176 202 196',
    ) +
    `<circle cx="200" cy="107" r="4" fill="${tones.line}"/>`,
  skirt: (tones, fill) =>
    cloth('M148 118H252L312 402C250 426 150 426 88 402Z', tones, fill) +
    `<path d="M148 118H252L256 140H144Z" fill="${tones.dark}" opacity=".55"/>` +
    seams(tones.line, 'M162 142L124 412', 'M182 142L166 418', 'M200 142V420', 'M218 142L234 418', 'M238 142L276 412'),
  coat: (tones, fill) =>
    hanger(tones.line) +
    cloth(
      'M154 112L200 150 246 112 294 136 334 338 294 346 270 240 286 436H114L130 240 106 346 66 338 106 136Z',
      tones,
      fill,
    ) +
    `<path d="M154 112L200 214 164 186 138 122Z" fill="${tones.light}" stroke="${tones.line}" stroke-width="2.5" stroke-linejoin="round"/><path d="M246 112L200 214 236 186 262 122Z" fill="${tones.light}" stroke="${tones.line}" stroke-width="2.5" stroke-linejoin="round"/><path d="M126 266H274L275 288H125Z" fill="${tones.dark}" opacity=".55"/>` +
    seams(tones.line, 'M200 214V436', 'M140 320L166 314', 'M260 320L234 314', 'M70 316L108 324', 'M330 316L292 324') +
    `<g fill="${tones.line}"><circle cx="186" cy="238" r="5"/><circle cx="214" cy="238" r="5"/><circle cx="186" cy="318" r="5"/><circle cx="214" cy="318" r="5"/></g>`,
  jacket: (tones, fill) =>
    hanger(tones.line) +
    cloth('M156 112L200 130 244 112 290 136 332 322 292 334 268 236V374H132V236L108 334 68 322 110 136Z', tones, fill) +
    `<path d="M156 112L200 130 244 112 252 128 200 152 148 128Z" fill="${tones.dark}" opacity=".7"/><path d="M148 286H186V330H148ZM214 286H252V330H214ZM150 196H186V224H150ZM214 196H250V224H214Z" fill="${tones.dark}" opacity=".35" stroke="${tones.line}" stroke-width="2"/>` +
    seams(tones.line, 'M200 150V374', 'M74 298L114 310', 'M326 298L286 310', 'M132 358H268') +
    buttons(tones.line, 176, 222, 268, 314),
};
