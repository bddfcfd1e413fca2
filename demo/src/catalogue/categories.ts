import { type CategoryRow, categoryRows, type Department } from './categories.table.ts';
import type { SizeScale } from './sizes.ts';

export interface Category {
  readonly code: string;
  readonly slug: string;
  readonly department: Department;
  readonly fr: string;
  readonly en: string;
  /** What one piece is called in front of its model name. */
  readonly nounFr: string;
  readonly nounEn: string;
  /** Google's product taxonomy, as merchants write it. */
  readonly google: string;
  readonly shape: string;
  readonly sizes: SizeScale;
  /** Lowest and highest list price in euros. */
  readonly price: readonly [number, number];
  /** How sought after it is each month, January first. */
  readonly season: readonly number[];
  /** Share of all purchases. */
  readonly weight: number;
  readonly models: number;
  readonly palette: string;
  readonly materials: readonly string[];
  /** What goes into the same basket. */
  readonly companions: readonly string[];
  /** Bought again when used up, after about so many days. */
  readonly refillDays?: number;
}

const googleRoot = (department: Department, code: string): string => {
  if (department !== 'home') return 'Apparel & Accessories > ';
  return code === 'SV' ? '' : 'Home & Garden > ';
};

function make(row: CategoryRow): Category {
  const [department, code, slug, fr, en, nounFr, nounEn, google, shape, sizes, price, season, weight, ...end] = row;
  const [models, palette, materials, companions, refillDays] = end;
  return {
    code,
    slug,
    department,
    fr,
    en,
    nounFr,
    nounEn,
    google: googleRoot(department, code) + google,
    shape,
    sizes,
    price,
    season,
    weight,
    models,
    palette,
    materials,
    companions,
    ...(refillDays === undefined ? {} : { refillDays }),
  };
}

/** All categories, in the order of the shop's menu. */
export const categories: readonly Category[] = categoryRows.map(make);
