/**
 * Rates set by law for good, as units for one euro: currencies that became the euro (Council regulations (EC) 2866/98,
 * 1478/2000 and those of each later joining) and currencies with a fixed parity to it. From `since` on they hold whatever a
 * table of quotes says: the last market quote of a currency differs slightly from the rate it was exchanged at.
 */
export const fixedRates: readonly { readonly currency: string; readonly since: string; readonly perEuro: string }[] = [
  { currency: 'ATS', since: '1999-01-01', perEuro: '13.7603' },
  { currency: 'BEF', since: '1999-01-01', perEuro: '40.3399' },
  { currency: 'DEM', since: '1999-01-01', perEuro: '1.95583' },
  { currency: 'ESP', since: '1999-01-01', perEuro: '166.386' },
  { currency: 'FIM', since: '1999-01-01', perEuro: '5.94573' },
  { currency: 'FRF', since: '1999-01-01', perEuro: '6.55957' },
  { currency: 'IEP', since: '1999-01-01', perEuro: '0.787564' },
  { currency: 'ITL', since: '1999-01-01', perEuro: '1936.27' },
  { currency: 'LUF', since: '1999-01-01', perEuro: '40.3399' },
  { currency: 'NLG', since: '1999-01-01', perEuro: '2.20371' },
  { currency: 'PTE', since: '1999-01-01', perEuro: '200.482' },
  { currency: 'GRD', since: '2001-01-01', perEuro: '340.75' },
  { currency: 'SIT', since: '2007-01-01', perEuro: '239.64' },
  { currency: 'CYP', since: '2008-01-01', perEuro: '0.585274' },
  { currency: 'MTL', since: '2008-01-01', perEuro: '0.4293' },
  { currency: 'SKK', since: '2009-01-01', perEuro: '30.126' },
  { currency: 'EEK', since: '2011-01-01', perEuro: '15.6466' },
  { currency: 'LVL', since: '2014-01-01', perEuro: '0.702804' },
  { currency: 'LTL', since: '2015-01-01', perEuro: '3.4528' },
  { currency: 'HRK', since: '2023-01-01', perEuro: '7.5345' },
  { currency: 'BGN', since: '2026-01-01', perEuro: '1.95583' },
  // Parities: the CFA and Comorian francs (through the French franc), the CFP franc (1,000 F = 8.38 €), the Bosnian mark.
  { currency: 'XAF', since: '1999-01-01', perEuro: '655.957' },
  { currency: 'XOF', since: '1999-01-01', perEuro: '655.957' },
  { currency: 'KMF', since: '1999-01-01', perEuro: '491.96775' },
  { currency: 'XPF', since: '1999-01-01', perEuro: '119.33174224' },
  { currency: 'BAM', since: '1999-01-01', perEuro: '1.95583' },
];
