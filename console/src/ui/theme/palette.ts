/** The families of places where customers leave traces. Each has one colour and one shape, everywhere. */
export const families = ['web', 'store', 'crm', 'messages', 'ads', 'support'] as const;
export type Family = (typeof families)[number];

/** `glass` fills shards and chart marks, `ink` is its readable text, `soft` the ground under that text. */
interface Tone {
  readonly glass: string;
  readonly ink: string;
  readonly soft: string;
}
export type Scheme = 'light' | 'dark';

// Text in `ink` on `soft`, and on the page's own ground, reaches 4.5:1; the palette test measures it.
const lightTones: Record<Family, Tone> = {
  web: { glass: '#2f6fe0', ink: '#1f54b4', soft: '#e8f0fd' },
  store: { glass: '#e79a16', ink: '#8a5600', soft: '#fdf2dc' },
  crm: { glass: '#2f9e57', ink: '#1e7040', soft: '#e5f5ea' },
  messages: { glass: '#8256d8', ink: '#6539bd', soft: '#f1ebfc' },
  ads: { glass: '#dc3f78', ink: '#b3225a', soft: '#fdeaf1' },
  support: { glass: '#129a94', ink: '#0b6d69', soft: '#def4f2' },
};
const darkTones: Record<Family, Tone> = {
  web: { glass: '#5a93f5', ink: '#8fb8ff', soft: '#1b2a45' },
  store: { glass: '#f0b03f', ink: '#f4c163', soft: '#3a2d14' },
  crm: { glass: '#4fb877', ink: '#7ad29b', soft: '#18331f' },
  messages: { glass: '#a27ff0', ink: '#c0a6fa', soft: '#2b2145' },
  ads: { glass: '#f0699a', ink: '#fa93b8', soft: '#43192a' },
  support: { glass: '#2fb8b1', ink: '#62d2cc', soft: '#0f3533' },
};
export const tones: Record<Scheme, Record<Family, Tone>> = { light: lightTones, dark: darkTones };

/** Colours with a meaning, and the grounds everything stands on. `lead` is the line between two panes of glass. */
export interface Surface {
  readonly page: string;
  readonly raised: string;
  readonly rail: string;
  readonly hover: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly text: string;
  readonly dim: string;
  readonly link: string;
  readonly focus: string;
  readonly lead: string;
  readonly clear: string;
  readonly good: string;
  readonly warn: string;
  readonly bad: string;
  readonly goodSoft: string;
  readonly warnSoft: string;
  readonly badSoft: string;
}
export const surfaces: Record<Scheme, Surface> = {
  light: {
    page: '#ffffff',
    raised: '#ffffff',
    rail: '#f6f6f8',
    hover: '#f3f4f7',
    line: '#e4e6ec',
    lineStrong: '#868d9b',
    text: '#171b26',
    dim: '#596072',
    link: '#2148ad',
    focus: '#2f6fe0',
    lead: '#171b26',
    clear: '#e9ebf0',
    good: '#1e7040',
    warn: '#8a5600',
    bad: '#b02138',
    goodSoft: '#e5f5ea',
    warnSoft: '#fdf2dc',
    badSoft: '#fdebee',
  },
  dark: {
    page: '#11141b',
    raised: '#181c25',
    rail: '#0c0f15',
    hover: '#1f2430',
    line: '#2a303d',
    lineStrong: '#6d7588',
    text: '#e7e9f0',
    dim: '#9ea6b7',
    link: '#9dbcff',
    focus: '#7aa7ff',
    lead: '#05070b',
    clear: '#2a303d',
    good: '#7ad29b',
    warn: '#f4c163',
    bad: '#ff97a6',
    goodSoft: '#18331f',
    warnSoft: '#3a2d14',
    badSoft: '#44191f',
  },
};
