import type { Family } from './theme/palette.ts';

const shapes: Readonly<Record<Family, string>> = {
  web: 'M6 1a5 5 0 1 0 0 10A5 5 0 0 0 6 1Z',
  store: 'M2 2h8v8H2Z',
  crm: 'M6 1.2 11.2 10.4H.8Z',
  messages: 'M6 .6 11.4 6 6 11.4.6 6Z',
  ads: 'M3.2 1.2h5.6L11.6 6 8.8 10.8H3.2L.4 6Z',
  support: 'M4.2 1h3.6v3.2H11v3.6H7.8V11H4.2V7.8H1V4.2h3.2Z',
};

/** The shape of a family: told apart without seeing its colour. Always stands beside the family's or source's name. */
export function FamilyMark({ family, size = 10 }: { family: Family; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 12 12" aria-hidden="true" style={{ flex: 'none' }}>
      <path d={shapes[family]} fill={`var(--vt-${family})`} />
    </svg>
  );
}
