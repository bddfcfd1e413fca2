/** Money in use, ISO 4217 (list of February 2026), without metals, funds, units of account and test codes. */
const current = `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP
CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS
INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU
MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK
SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF
XCD XCG XOF XPF YER ZAR ZMW ZWG`;

/** Withdrawn since 1999: old orders still carry them. */
const withdrawn = `ANG ATS BEF BGN BYR CUC CYP DEM EEK ESP FIM FRF GHC GRD HRK IEP ITL LTL LUF LVL MRO MTL MZM NLG PTE ROL
SDD SIT SKK SLL SRG STD TMM TRL UAK VEB VEF ZMK ZWD ZWL`;

const known = new Set(`${current} ${withdrawn}`.split(/\s+/));

/** True for the code of a currency people pay or paid with since 1999. Upper case only: `toCurrency` accepts more. */
export const isCurrency = (code: string): boolean => known.has(code);

/** The ISO code in a text that names one (`eur`, ` USD `), or null. Symbols are not guessed: `$` is a dozen currencies. */
export function toCurrency(text: string): string | null {
  const code = text.trim().toUpperCase();
  return known.has(code) ? code : null;
}
