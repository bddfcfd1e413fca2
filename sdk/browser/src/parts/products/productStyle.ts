/** How the blocks of `products.js` look, within a panel's shadow. */
export const productStyle = `
.products { width: 100%; }
h3 { font-size: 1em; font-weight: 650; margin: 0 0 8px; }
ul { list-style: none; margin: 0; padding: 0; display: grid; gap: 12px; grid-template-columns: repeat(auto-fill, minmax(120px, 1fr)); }
li a, li > span { display: flex; flex-direction: column; gap: 2px; color: inherit; text-decoration: none; min-height: 44px; }
li a:hover .name { text-decoration: underline; }
.picture { aspect-ratio: 1; width: 100%; border-radius: 6px; background: #fff; object-fit: contain; }
.name { font-weight: 600; }
.why, small { font-size: .85em; }
s { margin-left: 6px; }
.stars { letter-spacing: .1em; }
small { display: block; }
`;
