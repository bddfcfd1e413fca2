import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core';
import { families, type Scheme, surfaces, tones } from './palette.ts';

/** Lead: the dark line between panes. Actions are drawn in it, so that colour is left to the sources. */
const lead: MantineColorsTuple = [
  '#f6f7f9',
  '#eceef2',
  '#dde0e7',
  '#c4c9d4',
  '#9aa1b1',
  '#737b8c',
  '#525a6b',
  '#394051',
  '#252b3a',
  '#171b26',
];
const dark: MantineColorsTuple = [
  '#e7e9f0',
  '#c4cad6',
  '#9ea6b7',
  '#6d7588',
  '#343b49',
  '#262c38',
  '#181c25',
  '#11141b',
  '#0c0f15',
  '#080a0e',
];
const red: MantineColorsTuple = [
  '#fdebee',
  '#fad4da',
  '#f3a9b4',
  '#ea7a8b',
  '#e0536a',
  '#cf3450',
  '#b92740',
  '#b02138',
  '#931a2e',
  '#741423',
];

/** Filled with lead means: in the colour of the text, with the page's ground as text. Right in both schemes. */
function variantColors(input: Parameters<VariantColorsResolver>[0]): ReturnType<VariantColorsResolver> {
  const isLead = input.color === undefined || input.color === 'lead';
  if (input.variant !== 'filled' || !isLead) return defaultVariantColorsResolver(input);
  return {
    background: 'var(--vt-text)',
    hover: 'color-mix(in srgb, var(--vt-text) 86%, var(--vt-page))',
    color: 'var(--vt-page)',
    border: '1px solid transparent',
  };
}
const onLead = 'var(--vt-page)';

export const theme = createTheme({
  primaryColor: 'lead',
  primaryShade: { light: 9, dark: 1 },
  variantColorResolver: variantColors,
  colors: { lead, dark, red },
  black: surfaces.light.text,
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif",
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace",
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.45', lg: '1.5', xl: '1.4' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '8px', xl: '100px' },
  defaultRadius: 'md',
  shadows: {
    xs: '0 1px 2px rgba(10, 14, 25, 0.06)',
    sm: '0 1px 2px rgba(10, 14, 25, 0.06)',
    md: '0 8px 28px rgba(10, 14, 25, 0.16)',
    lg: '0 8px 28px rgba(10, 14, 25, 0.16)',
    xl: '0 8px 28px rgba(10, 14, 25, 0.16)',
  },
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.25' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.35' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
      h4: { fontSize: '0.875rem', lineHeight: '1.4' },
    },
  },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: { defaultProps: { size: 'sm' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    Tooltip: { defaultProps: { openDelay: 250, withArrow: false, multiline: true, maw: 320 } },
    Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.4 } } },
    Menu: { defaultProps: { shadow: 'md', withinPortal: true } },
    Popover: { defaultProps: { shadow: 'md' } },
    Select: { defaultProps: { allowDeselect: false, checkIconPosition: 'right' } },
    Checkbox: { defaultProps: { iconColor: onLead } },
    Radio: { defaultProps: { iconColor: onLead } },
    Switch: { defaultProps: { color: 'var(--vt-focus)', radius: 'xl' } },
    Skeleton: { defaultProps: { radius: 'sm' } },
    Anchor: { defaultProps: { underline: 'hover' } },
    Table: { defaultProps: { verticalSpacing: 'xs', horizontalSpacing: 'sm' } },
  },
});

function variables(scheme: Scheme): Record<string, string> {
  const surface = surfaces[scheme];
  const all: Record<string, string> = {};
  for (const [name, value] of Object.entries(surface))
    all[`--vt-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`] = value;
  for (const family of families) {
    const tone = tones[scheme][family];
    all[`--vt-${family}`] = tone.glass;
    all[`--vt-${family}-ink`] = tone.ink;
    all[`--vt-${family}-soft`] = tone.soft;
  }
  return {
    ...all,
    '--mantine-color-body': surface.page,
    '--mantine-color-text': surface.text,
    '--mantine-color-dimmed': surface.dim,
    '--mantine-color-anchor': surface.link,
    '--mantine-color-error': surface.bad,
    '--mantine-color-red-light': surface.badSoft,
    '--mantine-color-red-light-color': surface.bad,
    '--mantine-color-yellow-light': surface.warnSoft,
    '--mantine-color-yellow-light-color': surface.warn,
    '--mantine-color-gray-light': surface.hover,
    '--mantine-color-gray-light-color': surface.text,
    '--mantine-color-placeholder': surface.dim,
    '--mantine-color-default': surface.raised,
    '--mantine-color-default-hover': surface.hover,
    '--mantine-color-default-border': surface.line,
  };
}

export const variablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: variables('light'),
  dark: variables('dark'),
});
