/** A town with true postal codes; `weight` is roughly its share of customers in thousands of inhabitants. */
export interface City {
  readonly name: string;
  readonly codes: readonly string[];
  readonly weight: number;
  /** The brand's store in reach, if any. */
  readonly store?: string;
  /** Second language of the country, where it matters for people's names. */
  readonly culture?: 'flemish' | 'german';
}

type Row = readonly [
  name: string,
  codes: string,
  weight: number,
  store?: string | undefined,
  culture?: 'flemish' | 'german',
];

const french: readonly Row[] = [
  [
    'Paris',
    '75003 75004 75005 75010 75011 75012 75013 75014 75015 75016 75017 75018 75019 75020',
    2100,
    'paris-marais',
  ],
  ['Boulogne-Billancourt', '92100', 120, 'paris-marais'],
  ['Montreuil', '93100', 110, 'paris-marais'],
  ['Versailles', '78000', 84, 'paris-marais'],
  ['Saint-Denis', '93200 93210', 112, 'paris-marais'],
  ['Créteil', '94000', 92, 'paris-marais'],
  ['Lyon', '69001 69002 69003 69006 69007 69008', 520, 'lyon-presquile'],
  ['Villeurbanne', '69100', 155, 'lyon-presquile'],
  ['Saint-Étienne', '42000 42100', 174, 'lyon-presquile'],
  ['Grenoble', '38000 38100', 158],
  ['Marseille', '13001 13005 13006 13008 13009 13012', 870, 'marseille'],
  ['Aix-en-Provence', '13090 13100', 146, 'marseille'],
  ['Toulon', '83000 83200', 178, 'marseille'],
  ['Nice', '06000 06100 06300', 342],
  ['Avignon', '84000', 91],
  ['Montpellier', '34000 34070 34090', 295],
  ['Nîmes', '30000 30900', 148],
  ['Perpignan', '66000 66100', 119],
  ['Toulouse', '31000 31100 31200 31400', 498, 'toulouse'],
  ['Bordeaux', '33000 33100 33200 33300', 259, 'bordeaux'],
  ['Mérignac', '33700', 73, 'bordeaux'],
  ['Bayonne', '64100', 52],
  ['Pau', '64000', 77, 'toulouse'],
  ['Nantes', '44000 44100 44200 44300', 320, 'nantes'],
  ['Saint-Nazaire', '44600', 72, 'nantes'],
  ['Rennes', '35000 35200 35700', 222, 'nantes'],
  ['Brest', '29200', 139],
  ['Quimper', '29000', 63],
  ['Vannes', '56000', 54, 'nantes'],
  ['Angers', '49000 49100', 155, 'nantes'],
  ['Le Mans', '72000 72100', 145],
  ['Tours', '37000 37100 37200', 137],
  ['Orléans', '45000 45100', 116],
  ['Poitiers', '86000', 89],
  ['La Rochelle', '17000', 77],
  ['Limoges', '87000 87100', 130],
  ['Clermont-Ferrand', '63000 63100', 147],
  ['Dijon', '21000', 158],
  ['Besançon', '25000', 117],
  ['Strasbourg', '67000 67100 67200', 287],
  ['Mulhouse', '68100 68200', 108],
  ['Metz', '57000 57050', 118],
  ['Nancy', '54000', 104],
  ['Reims', '51100', 181],
  ['Troyes', '10000', 62],
  ['Lille', '59000 59160 59260 59777 59800', 234, 'lille'],
  ['Roubaix', '59100', 98, 'lille'],
  ['Tourcoing', '59200', 98, 'lille'],
  ['Amiens', '80000 80080', 134],
  ['Rouen', '76000 76100', 113],
  ['Le Havre', '76600 76610', 166],
  ['Caen', '14000', 106],
  ['Annecy', '74000 74940', 130],
  ['Chambéry', '73000', 59],
];

const belgian: readonly Row[] = [
  ['Bruxelles', '1000 1020 1120', 190, 'bruxelles'],
  ['Ixelles', '1050', 87, 'bruxelles'],
  ['Schaerbeek', '1030', 132, 'bruxelles'],
  ['Uccle', '1180', 85, 'bruxelles'],
  ['Liège', '4000 4020', 195],
  ['Namur', '5000', 113, 'bruxelles'],
  ['Charleroi', '6000', 202],
  ['Mons', '7000', 96],
  ['Tournai', '7500', 69, 'lille'],
  ['Louvain-la-Neuve', '1348', 31, 'bruxelles'],
  ['Antwerpen', '2000 2018 2060', 530, 'bruxelles', 'flemish'],
  ['Gent', '9000', 265, 'bruxelles', 'flemish'],
  ['Brugge', '8000', 119, undefined, 'flemish'],
  ['Leuven', '3000', 102, 'bruxelles', 'flemish'],
  ['Mechelen', '2800', 87, undefined, 'flemish'],
  ['Hasselt', '3500', 80, undefined, 'flemish'],
  ['Kortrijk', '8500', 78, 'lille', 'flemish'],
];

/** British codes are outward codes; the inward half is made up by the address. */
const british: readonly Row[] = [
  ['London', 'N1 E2 E8 SE1 SE15 SW4 SW11 W4 NW3 NW5 N16 SE22', 8900, 'london'],
  ['Manchester', 'M1 M4 M14 M20 M21', 550, 'manchester'],
  ['Birmingham', 'B1 B13 B15 B29', 1140],
  ['Leeds', 'LS1 LS6 LS8', 500, 'manchester'],
  ['Bristol', 'BS1 BS3 BS6 BS8', 470],
  ['Edinburgh', 'EH1 EH3 EH6 EH10', 510],
  ['Glasgow', 'G1 G11 G12 G41', 630],
  ['Liverpool', 'L1 L8 L17 L18', 490, 'manchester'],
  ['Sheffield', 'S1 S7 S10 S11', 550, 'manchester'],
  ['Newcastle upon Tyne', 'NE1 NE2 NE3', 300],
  ['Nottingham', 'NG1 NG2 NG5', 320],
  ['Cardiff', 'CF10 CF11 CF24', 360],
  ['Brighton', 'BN1 BN2', 230],
  ['Oxford', 'OX1 OX2 OX4', 160],
  ['Cambridge', 'CB1 CB2 CB4', 145],
  ['Bath', 'BA1 BA2', 94],
  ['York', 'YO1 YO10 YO24', 140],
  ['Norwich', 'NR1 NR2 NR3', 144],
  ['Exeter', 'EX1 EX2 EX4', 130],
  ['Belfast', 'BT1 BT7 BT9', 340],
];

const german: readonly Row[] = [
  ['Berlin', '10115 10405 10437 10997 12047 12049 10585', 3700, 'berlin'],
  ['Potsdam', '14467 14482', 180, 'berlin'],
  ['Hamburg', '20095 20357 22765 22303', 1850],
  ['München', '80331 80469 80799 81667', 1500],
  ['Köln', '50667 50672 50823', 1080],
  ['Frankfurt am Main', '60311 60316 60594', 760],
  ['Stuttgart', '70173 70178 70199', 630],
  ['Düsseldorf', '40213 40221 40479', 620],
  ['Leipzig', '04103 04109 04275', 600],
  ['Dresden', '01067 01097 01309', 560],
  ['Hannover', '30159 30161 30449', 540],
  ['Freiburg im Breisgau', '79098 79100 79102', 230],
  ['Münster', '48143 48147', 315],
];

const swiss: readonly Row[] = [
  ['Genève', '1201 1204 1205 1206 1207', 205, 'geneve'],
  ['Carouge', '1227', 22, 'geneve'],
  ['Lausanne', '1003 1004 1006 1007', 140, 'geneve'],
  ['Neuchâtel', '2000', 45],
  ['Fribourg', '1700', 38],
  ['Sion', '1950', 35],
  ['Zürich', '8001 8003 8004 8008', 430, undefined, 'german'],
  ['Basel', '4051 4053 4057', 175, undefined, 'german'],
  ['Bern', '3007 3011 3012', 135, undefined, 'german'],
  ['Luzern', '6003 6004 6005', 82, undefined, 'german'],
];

const polish: readonly Row[] = [
  ['Warszawa', '00-001 00-545 02-507 03-734', 1860],
  ['Kraków', '30-001 31-042 31-070', 800],
  ['Wrocław', '50-001 50-079 53-333', 670],
  ['Poznań', '60-001 61-772', 545],
  ['Gdańsk', '80-001 80-831', 486],
  ['Łódź', '90-001 90-361', 665],
  ['Katowice', '40-001 40-086', 285],
  ['Lublin', '20-001 20-076', 334],
  ['Gdynia', '81-301 81-366', 244],
  ['Toruń', '87-100', 196],
];

export const cities = {
  FR: read(french),
  BE: read(belgian),
  GB: read(british),
  DE: read(german),
  CH: read(swiss),
  PL: read(polish),
} as const;

function read(rows: readonly Row[]): readonly City[] {
  return rows.map(([name, codes, weight, store, culture]) => ({
    name,
    codes: codes.split(' '),
    weight,
    ...(store === undefined ? {} : { store }),
    ...(culture === undefined ? {} : { culture }),
  }));
}
