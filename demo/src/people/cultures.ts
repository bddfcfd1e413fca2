import type { SiteCode } from '../market.ts';
import type { City } from '../names/cities.ts';
import { frenchMen, frenchWomen } from '../names/firstNamesFrench.ts';
import {
  britishMen,
  britishWomen,
  flemishMen,
  flemishWomen,
  germanMen,
  germanWomen,
  polishMen,
  polishWomen,
} from '../names/firstNamesNorthern.ts';
import { streets } from '../names/streets.ts';
import { britishSurnames, flemishSurnames, frenchSurnames, germanSurnames, polishSurnames } from '../names/surnames.ts';
import { Weighted, zipf } from '../random/distributions.ts';
import type { Random } from '../random/random.ts';

export type CultureName = keyof typeof streets;

export interface Culture {
  readonly name: CultureName;
  readonly women: readonly string[];
  readonly men: readonly string[];
  readonly surnames: readonly string[];
  readonly streets: readonly string[];
  readonly womenWeights: Weighted;
  readonly menWeights: Weighted;
  readonly surnameWeights: Weighted;
}

const cultures: Readonly<Record<CultureName, Culture>> = {
  french: culture('french', frenchWomen, frenchMen, frenchSurnames),
  british: culture('british', britishWomen, britishMen, britishSurnames),
  german: culture('german', germanWomen, germanMen, germanSurnames),
  flemish: culture('flemish', flemishWomen, flemishMen, flemishSurnames),
  polish: culture('polish', polishWomen, polishMen, polishSurnames),
};

const ofSite: Readonly<Record<SiteCode, CultureName>> = {
  fr: 'french',
  be: 'french',
  uk: 'british',
  de: 'german',
  ch: 'french',
  pl: 'polish',
};

/** Whose names people of a town bear: mostly the town's own culture, sometimes another one's. */
export function cultureOf(site: SiteCode, city: City, random: Random): Culture {
  const home = city.culture ?? ofSite[site];
  const draw = random.next();
  if (draw < 0.05) return cultures[random.pick(['french', 'british', 'german', 'polish'] as const)];
  return cultures[home];
}

/** The streets of a town are named in its own language, whoever lives there. */
export function streetsOf(
  site: SiteCode,
  city: City,
): { readonly names: readonly string[]; readonly culture: CultureName } {
  const name = city.culture ?? ofSite[site];
  return { names: streets[name], culture: name };
}

/** Slavic surnames in -ski bend with the bearer. */
export function surnameFor(surname: string, female: boolean): string {
  return female && /(ski|cki|dzki)$/.test(surname) ? `${surname.slice(0, -1)}a` : surname;
}

function culture(
  name: CultureName,
  women: readonly string[],
  men: readonly string[],
  surnames: readonly string[],
): Culture {
  return {
    name,
    women,
    men,
    surnames,
    streets: streets[name],
    womenWeights: new Weighted(zipf(women.length, 0.6, 4)),
    menWeights: new Weighted(zipf(men.length, 0.6, 4)),
    surnameWeights: new Weighted(zipf(surnames.length, 0.7, 3)),
  };
}
