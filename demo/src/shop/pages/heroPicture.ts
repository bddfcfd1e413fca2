import { Html } from '../html.ts';

const panes = [
  '#2f4f43',
  '#8d9f83',
  '#cf9d3c',
  '#bd6b4c',
  '#93323b',
  '#5b3b5c',
  '#2b3a57',
  '#a9c3d6',
  '#e0b9b0',
  '#b5a5cc',
  '#d3bf9f',
  '#a8c2b1',
];

/** Three lit windows in stained glass, drawn from arcs: the front page's picture. */
export function heroPicture(): Html {
  const windows = [
    { x: 20, width: 170, top: 150, shift: 0 },
    { x: 215, width: 210, top: 60, shift: 4 },
    { x: 450, width: 170, top: 150, shift: 8 },
  ];
  const drawn = windows.map((one) => drawWindow(one.x, one.width, one.top, one.shift)).join('');
  return new Html(
    `<svg class="hero-picture" viewBox="0 0 640 620" aria-hidden="true"><defs><linearGradient id="lit" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#fff" stop-opacity=".42"/><stop offset=".55" stop-color="#fff" stop-opacity=".06"/><stop offset="1" stop-color="#26211c" stop-opacity=".18"/></linearGradient></defs>${drawn}<path d="M0 600H640" stroke="#cbbfa8" stroke-width="3"/></svg>`,
  );
}

function drawWindow(x: number, width: number, top: number, shift: number): string {
  const radius = width / 2;
  const springing = top + radius;
  const bottom = 600;
  const columns = 3;
  const rows = 4;
  const cell = width / columns;
  const step = (bottom - springing) / rows;
  const outline = `M${x} ${bottom}V${springing}A${radius} ${radius} 0 0 1 ${x + width} ${springing}V${bottom}Z`;
  let glass = '';
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const colour = panes[(row * 5 + column * 7 + shift) % panes.length] ?? '#fff';
      glass += `<rect x="${x + column * cell}" y="${springing + row * step}" width="${cell}" height="${step}" fill="${colour}"/>`;
    }
  }
  // A fan of five panes and a rose above the springing line.
  for (let pane = 0; pane < 5; pane++) {
    const [from, to] = [Math.PI * (1 - pane / 5), Math.PI * (1 - (pane + 1) / 5)];
    const point = (angle: number, reach: number) =>
      `${(x + radius + Math.cos(angle) * reach).toFixed(1)} ${(springing - Math.sin(angle) * reach).toFixed(1)}`;
    const colour = panes[(pane * 3 + shift + 1) % panes.length] ?? '#fff';
    glass += `<path d="M${point(from, radius * 0.42)}L${point(from, radius)}A${radius} ${radius} 0 0 1 ${point(to, radius)}L${point(to, radius * 0.42)}A${radius * 0.42} ${radius * 0.42} 0 0 0 ${point(from, radius * 0.42)}Z" fill="${colour}" stroke="#3b342d" stroke-width="4"/>`;
  }
  glass += `<path d="M${x + radius * 0.58} ${springing}A${radius * 0.42} ${radius * 0.42} 0 0 1 ${x + radius * 1.42} ${springing}Z" fill="#f3dfae" stroke="#3b342d" stroke-width="4"/>`;
  let lead = '';
  for (let column = 1; column < columns; column++) lead += `M${x + column * cell} ${springing}V${bottom}`;
  for (let row = 0; row < rows; row++) lead += `M${x} ${springing + row * step}H${x + width}`;
  const diamonds = Array.from({ length: rows }, (_, row) => {
    const [cx, cy] = [x + radius, springing + (row + 0.5) * step];
    return `<path d="M${cx} ${cy - step * 0.36}L${cx + cell * 0.34} ${cy}L${cx} ${cy + step * 0.36}L${cx - cell * 0.34} ${cy}Z" fill="${panes[(row * 4 + shift + 6) % panes.length] ?? '#fff'}" stroke="#3b342d" stroke-width="3"/>`;
  }).join('');
  return `<g>${glass}<path d="${lead}" fill="none" stroke="#3b342d" stroke-width="4"/>${diamonds}<path d="${outline}" fill="url(#lit)" stroke="#3b342d" stroke-width="7"/></g>`;
}
