import { useId } from 'react';

/** The window of the house. */
export function Logo({ size = 24 }: { size?: number }) {
  const arch = useId();
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" style={{ flex: 'none' }}>
      <clipPath id={arch}>
        <path d="M16 1C8 1 4 8 4 15v14a2 2 0 0 0 2 2h20a2 2 0 0 0 2-2V15C28 8 24 1 16 1Z" />
      </clipPath>
      <g clipPath={`url(#${arch})`} stroke="var(--vt-lead)" strokeWidth="1.8" strokeLinejoin="round">
        <path d="M0 0h17l-3 13L0 16Z" fill="var(--vt-web)" />
        <path d="M17 0h15v12l-18 1Z" fill="var(--vt-store)" />
        <path d="M14 13l18-1v10l-13 2Z" fill="var(--vt-ads)" />
        <path d="M0 16l14-3 5 11-7 8H0Z" fill="var(--vt-messages)" />
        <path d="M19 24l13-2v10H12Z" fill="var(--vt-support)" />
      </g>
    </svg>
  );
}
