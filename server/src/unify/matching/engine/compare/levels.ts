import type { MatchComparison } from '@vitrail/contracts';

/** One comparison of the model: its levels in order, and the SQL that finds the level of a pair. */
export interface Comparison {
  readonly name: string;
  readonly field: string;
  readonly method: MatchComparison['method'];
  readonly termFrequency: boolean;
  /** `missing` first: level 0. */
  readonly levels: readonly string[];
  /** Number of the level, over the columns `l_…` and `r_…` of the pair and the `measures`. */
  readonly sql: string;
  /** Similarities computed once for each pair, by column name. */
  readonly measures: readonly { readonly name: string; readonly sql: string }[];
  /** Columns of the prepared records that are read. */
  readonly columns: readonly string[];
  /** Number of records with the value on which the pair agrees; only on the levels `exact…`. */
  readonly countColumn: string | null;
}

/** An address, telephone or e-mail of more records than this is an institution's, a default or nobody's. */
const crowd = 30;

const both = (column: string): string => `(l_${column} != '' and r_${column} != '')`;
const equal = (column: string): string => `(l_${column} = r_${column} and l_${column} != '')`;

/**
 * Similarity for letters of one byte; 0 when a side is blank or in a script whose letters take several bytes, which
 * `jaroWinklerSimilarity` would compare by bytes. (For two texts of which one is empty it answers nonsense.)
 */
const similarity = (left: string, right: string): string =>
  `if(${left} = '' or ${right} = '' or not isValidASCII(${left}) or not isValidASCII(${right}), 0, jaroWinklerSimilarity(${left}, ${right}))`;

/** `multiIf` over conditions in order of strength, each the next level; the last level is for everything else. */
function choose(comparable: string, conditions: readonly string[]): string {
  const branches = conditions.map((condition, index) => `${condition}, ${index + 1}`);
  return `multiIf(not ${comparable}, 0, ${branches.join(', ')}, ${conditions.length + 1})`;
}

function givenName(field: string, other: string | null): Pick<Comparison, 'levels' | 'sql' | 'measures' | 'columns'> {
  const [value, core, root] = [`v_${field}`, `a_${field}_core`, `a_${field}_root`];
  const near = `m_${field}`;
  const swapped =
    other === null
      ? []
      : [
          `(l_${value} != r_${value} and l_${value} != '' and l_v_${other} != '' and l_${value} = r_v_${other} and l_v_${other} = r_${value})`,
        ];
  const initial = `((length(l_${value}) = 1 or length(r_${value}) = 1) and substring(l_${value}, 1, 1) = substring(r_${value}, 1, 1))`;
  return {
    levels: [
      'missing',
      'exact',
      ...(other === null ? [] : ['swapped']),
      'nickname',
      'close',
      'initial',
      'similar',
      'different',
    ],
    sql: choose(both(value), [
      equal(value),
      ...swapped,
      `(${equal(core)} or ${equal(root)})`,
      `${near} >= 0.92`,
      initial,
      `${near} >= 0.8`,
    ]),
    measures: [{ name: near, sql: similarity(`l_${value}`, `r_${value}`) }],
    columns: [value, core, root],
  };
}

function familyName(field: string, other: string | null): Pick<Comparison, 'levels' | 'sql' | 'measures' | 'columns'> {
  const value = `v_${field}`;
  const near = `m_${field}`;
  // Swapped names are one mistake: the given name's level tells it, this one says nothing.
  const swapped =
    other === null ? 'false' : `(l_${value} != r_${value} and l_v_${other} = r_${value} and l_${value} = r_v_${other})`;
  const [first, last] = [`a_${field}_core`, `a_${field}_end`];
  // Splitting both names into words would cost more than all else.
  const part = `(l_${first} in (r_${first}, r_${last}) or l_${last} in (r_${first}, r_${last}))`;
  return {
    levels: ['missing', 'exact', 'part', 'close', 'similar', 'different'],
    sql: choose(`(${both(value)} and not ${swapped})`, [equal(value), part, `${near} >= 0.92`, `${near} >= 0.8`]),
    measures: [{ name: near, sql: similarity(`l_${value}`, `r_${value}`) }],
    columns: [value, first, last],
  };
}

function birthDate(field: string): Pick<Comparison, 'levels' | 'sql' | 'measures' | 'columns'> {
  const value = `v_${field}`;
  const [left, right] = [`l_${value}`, `r_${value}`];
  const year = `substring(${left}, 1, 4) = substring(${right}, 1, 4)`;
  const month = `substring(${left}, 5, 2) = substring(${right}, 5, 2)`;
  const day = `substring(${left}, 7, 2) = substring(${right}, 7, 2)`;
  const crossed = `substring(${left}, 5, 2) = substring(${right}, 7, 2) and substring(${left}, 7, 2) = substring(${right}, 5, 2)`;
  const yearOnly = `(substring(${left}, 5, 4) = '0101' or substring(${right}, 5, 4) = '0101')`;
  return {
    levels: ['missing', 'exact', 'day_month_swapped', 'one_digit', 'year_known', 'two_parts', 'same_year', 'different'],
    sql: choose(both(value), [
      equal(value),
      `(${year} and ${crossed})`,
      `m_${field} <= 1`,
      `(${year} and ${yearOnly})`,
      `((${year}) + (${month}) + (${day}) = 2)`,
      year,
    ]),
    measures: [{ name: `m_${field}`, sql: `damerauLevenshteinDistance(${left}, ${right})` }],
    columns: [value],
  };
}

function email(field: string, context: string): Pick<Comparison, 'levels' | 'sql' | 'measures' | 'columns'> {
  const user = `a_${field}_user`;
  const [left, right] = [`l_${user}`, `r_${user}`];
  const near = `m_${field}`;
  return {
    levels: ['missing', 'exact', 'exact_crowded', 'same_user', 'close', 'similar', 'different'],
    sql: choose(`(${both(`v_${field}`)} and ${context})`, [
      `(${equal(`v_${field}`)} and l_n_${field} <= ${crowd})`,
      equal(`v_${field}`),
      `(${equal(user)} and length(${left}) > 3)`,
      `(${near} >= 0.95 and length(${left}) > 5)`,
      `${near} >= 0.88`,
    ]),
    measures: [{ name: near, sql: similarity(left, right) }],
    columns: [`v_${field}`, user],
  };
}

function phone(field: string): Pick<Comparison, 'levels' | 'sql' | 'measures' | 'columns'> {
  const value = `v_${field}`;
  return {
    levels: ['missing', 'exact', 'exact_crowded', 'one_digit', 'different'],
    sql: choose(both(value), [`(${equal(value)} and l_n_${field} <= ${crowd})`, equal(value), `m_${field} <= 1`]),
    measures: [{ name: `m_${field}`, sql: `damerauLevenshteinDistance(l_${value}, r_${value})` }],
    columns: [value],
  };
}

function address(field: string): Pick<Comparison, 'levels' | 'sql' | 'measures' | 'columns'> {
  const [street, code, city] = [equal('v_street'), equal('v_postal_code'), equal('v_city')];
  const elsewhere = `(l_v_postal_code != r_v_postal_code and ${both('v_postal_code')} and l_v_city != r_v_city and ${both('v_city')})`;
  const numbers = `(l_a_street_number = r_a_street_number)`;
  return {
    levels: [
      'missing',
      'exact',
      'exact_crowded',
      'close',
      'street_elsewhere',
      'same_postal_code',
      'same_postal_code_no_street',
      'same_city',
      'different',
    ],
    sql: choose(`(${both('v_street')} or ${both('v_postal_code')} or ${both('v_city')})`, [
      `(${street} and not ${elsewhere} and l_n_${field} <= ${crowd} and r_n_${field} <= ${crowd})`,
      `(${street} and not ${elsewhere})`,
      `(m_${field} >= 0.9 and ${numbers} and (${code} or ${city}))`,
      `(${street} or (m_${field} >= 0.95 and ${numbers}))`,
      `(${code} and ${both('v_street')})`,
      code,
      city,
    ]),
    measures: [{ name: `m_${field}`, sql: similarity('l_v_street', 'r_v_street') }],
    columns: ['v_street', 'a_street_number', 'v_postal_code', 'v_city'],
  };
}

function identifier(field: string): Pick<Comparison, 'levels' | 'sql' | 'measures' | 'columns'> {
  const value = `v_${field}`;
  return {
    levels: ['missing', 'exact', 'exact_crowded', 'same_core', 'one_sign', 'different'],
    sql: choose(both(value), [
      `(${equal(value)} and l_n_${field} <= ${crowd})`,
      equal(value),
      equal(`a_${field}_core`),
      `m_${field} <= 1`,
    ]),
    measures: [{ name: `m_${field}`, sql: `damerauLevenshteinDistance(l_${value}, r_${value})` }],
    columns: [value, `a_${field}_core`],
  };
}

function fuzzyText(field: string): Pick<Comparison, 'levels' | 'sql' | 'measures' | 'columns'> {
  const value = `v_${field}`;
  return {
    levels: ['missing', 'exact', 'part', 'close', 'similar', 'different'],
    sql: choose(both(value), [
      equal(value),
      `hasAll(splitByChar(' ', l_${value}), splitByChar(' ', r_${value})) or hasAll(splitByChar(' ', r_${value}), splitByChar(' ', l_${value}))`,
      `m_${field} >= 0.92`,
      `m_${field} >= 0.85`,
    ]),
    measures: [{ name: `m_${field}`, sql: similarity(`l_${value}`, `r_${value}`) }],
    columns: [value],
  };
}

function category(field: string): Pick<Comparison, 'levels' | 'sql' | 'measures' | 'columns'> {
  const value = `v_${field}`;
  return {
    levels: ['missing', 'exact', 'different'],
    sql: choose(both(value), [equal(value)]),
    measures: [],
    columns: [value],
  };
}

/** Numbers of the levels that mean agreement, so that the e-mail's chance likeness can depend on it. */
function namesAgree(given: string | null, family: string | null) {
  // Exact, swapped, nickname, close or an initial.
  const first = given === null ? 'false' : `(g_${given} between 1 and ${family === null ? 4 : 5})`;
  const swapped = given === null ? 'false' : `g_${given} = 2`;
  const last = family === null ? 'false' : `(g_${family} between 1 and 3 or ${swapped})`;
  return {
    both: `(${first} and ${last})`,
    family: `(not ${first} and ${last})`,
    given: `(${first} and not ${last})`,
    neither: `(not ${first} and not ${last})`,
  };
}

/**
 * The comparisons of a model. An e-mail address is made from a name: two strangers of one name have look-alike
 * addresses. So it is four comparisons, of which a pair takes one: when both names agree, when only the family name
 * does, only the given name, or neither.
 */
export function listComparisons(settings: readonly MatchComparison[]): Comparison[] {
  const given = settings.find(({ method }) => method === 'given_name')?.field ?? null;
  const family = settings.find(({ method }) => method === 'family_name')?.field ?? null;
  const agree = namesAgree(given, family);
  return settings.flatMap((each) => comparisonsOf(each, given, family, agree));
}

function comparisonsOf(
  { field, method, termFrequency }: MatchComparison,
  given: string | null,
  family: string | null,
  agree: ReturnType<typeof namesAgree>,
): Comparison[] {
  const base = { name: field, field, method, termFrequency, countColumn: termFrequency ? `n_${field}` : null };
  switch (method) {
    case 'given_name':
      return [{ ...base, ...givenName(field, field === given ? family : null) }];
    case 'family_name':
      return [{ ...base, ...familyName(field, field === family ? given : null) }];
    case 'birth_date':
      return [{ ...base, ...birthDate(field) }];
    case 'email':
      return [
        { ...base, name: `${field}_same_name`, ...email(field, agree.both) },
        { ...base, name: `${field}_same_family_name`, ...email(field, agree.family) },
        { ...base, name: `${field}_same_given_name`, ...email(field, agree.given) },
        { ...base, name: `${field}_other_name`, ...email(field, agree.neither) },
      ];
    case 'phone':
      return [{ ...base, ...phone(field) }];
    case 'address':
      return [{ ...base, ...address(field) }];
    case 'identifier':
      return [{ ...base, ...identifier(field) }];
    case 'company_name':
    case 'text':
      return [{ ...base, ...fuzzyText(field) }];
    case 'category':
      return [{ ...base, ...category(field) }];
  }
}
