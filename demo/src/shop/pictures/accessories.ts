import type { Shape } from './clothes.ts';

const shadow = (y: number, rx = 128) => `<ellipse cx="200" cy="${y}" rx="${rx}" ry="13" fill="#26211c" opacity=".14"/>`;

export const accessories: Readonly<Record<string, Shape>> = {
  loafer: (tones, fill) =>
    `${shadow(384)}<g stroke="${tones.line}" stroke-width="3" stroke-linejoin="round"><path d="M84 268C80 304 78 330 80 352H330C332 328 316 314 286 306C250 296 228 280 210 254C192 270 150 276 114 266C102 262 92 262 84 268Z" fill="${fill}"/><path d="M198 268C212 292 234 306 258 314L246 336C216 324 196 306 182 276Z" fill="${tones.light}"/><path d="M78 352H332V366Q332 374 322 374H88Q78 374 78 366Z" fill="${tones.dark}"/><path d="M78 374H138V386H84Q78 386 78 380Z" fill="${tones.line}"/></g><path d="M88 276C110 288 150 290 176 280M268 318C292 322 310 332 318 346" fill="none" stroke="${tones.line}" stroke-width="2.5" opacity=".55" stroke-linecap="round"/>`,
  sneaker: (tones, fill) =>
    `${shadow(386)}<g stroke="${tones.line}" stroke-width="3" stroke-linejoin="round"><path d="M86 246C104 260 134 258 152 246L176 232C192 262 222 286 264 298C304 308 324 320 326 346H82C78 312 80 280 86 246Z" fill="${fill}"/><path d="M84 262C96 274 108 300 108 346H82C79 316 79 290 84 262Z" fill="${tones.dark}"/><path d="M264 298C304 308 324 320 326 346H262C252 330 252 312 264 298Z" fill="${tones.light}"/><path d="M76 344H330Q338 374 316 378H94Q70 378 76 344Z" fill="#f7f4ec"/></g><g stroke="#f7f4ec" stroke-width="5" stroke-linecap="round"><path d="M186 262L160 276M204 280L178 296M226 294L200 312"/></g><path d="M84 360H328" stroke="${tones.line}" stroke-width="2" opacity=".4"/>`,
  bag: (tones, fill) =>
    `${shadow(414)}<path d="M138 214C138 104 262 104 262 214" fill="none" stroke="${tones.line}" stroke-width="13"/><path d="M138 214C138 104 262 104 262 214" fill="none" stroke="${tones.dark}" stroke-width="8"/><g stroke="${tones.line}" stroke-width="3" stroke-linejoin="round"><path d="M102 206H298L322 394Q322 410 306 410H94Q78 410 78 394Z" fill="${fill}"/><path d="M102 206H298L304 276C256 310 144 310 96 276Z" fill="${tones.dark}"/><circle cx="200" cy="300" r="11" fill="#d9b56a"/></g><path d="M92 386H308" stroke="${tones.light}" stroke-width="2.5" stroke-dasharray="7 6" opacity=".7"/>`,
  earrings: (tones, fill) =>
    [128, 272]
      .map(
        (x) =>
          `<path d="M${x} 176C${x - 22} 150 ${x - 6} 122 ${x + 12} 134" fill="none" stroke="#b98d3f" stroke-width="5" stroke-linecap="round"/><circle cx="${x}" cy="186" r="12" fill="#d9b56a" stroke="#9a7430" stroke-width="3"/><path d="M${x} 200C${x + 8} 236 ${x + 46} 268 ${x + 46} 312A46 46 0 0 1 ${x - 46} 312C${x - 46} 268 ${x - 8} 236 ${x} 200Z" fill="${fill}" stroke="${tones.line}" stroke-width="3"/><path d="M${x - 26} 300C${x - 24} 280 ${x - 14} 264 ${x - 6} 250" fill="none" stroke="${tones.light}" stroke-width="6" stroke-linecap="round" opacity=".8"/><circle cx="${x}" cy="372" r="9" fill="#d9b56a" stroke="#9a7430" stroke-width="3"/>`,
      )
      .join(''),
  scarf: (tones, fill) =>
    `<path d="M92 112H308" stroke="#6d5a44" stroke-width="9" stroke-linecap="round"/><g stroke="${tones.line}" stroke-width="3" stroke-linejoin="round"><path d="M206 106C256 104 268 116 270 150C274 240 286 320 296 372H232C222 300 214 220 206 150Z" fill="${tones.dark}"/><path d="M130 116C132 96 250 92 262 108C230 116 214 140 212 176C208 260 202 340 188 412H112C126 320 126 210 130 116Z" fill="${fill}"/></g><g stroke="${tones.line}" stroke-width="3" stroke-linecap="round"><path d="M116 414L112 440M130 414L127 440M144 414L142 440M158 414L157 440M172 414L172 440M186 414L187 440M238 374L236 398M252 374L251 398M266 374L266 398M280 374L281 398M294 374L296 398"/></g><path d="M122 372L192 376M126 356L195 360M130 150C150 160 190 158 212 150" stroke="${tones.light}" stroke-width="5" opacity=".7" fill="none"/>`,
  hat: (tones, fill) =>
    `${shadow(372, 150)}<g stroke="${tones.line}" stroke-width="3"><ellipse cx="200" cy="336" rx="152" ry="38" fill="${fill}"/><path d="M118 326C118 236 148 196 200 196C252 196 282 236 282 326C244 346 156 346 118 326Z" fill="${fill}"/><path d="M119 302C156 322 244 322 281 302L283 328C244 348 156 348 117 328Z" fill="${tones.dark}"/></g><path d="M64 338C110 362 290 362 336 338M150 232C168 214 232 214 250 232" fill="none" stroke="${tones.line}" stroke-width="2" opacity=".45"/>`,
};
