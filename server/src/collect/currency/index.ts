export { parseDecimal, toMoney, toTenThousandths } from './decimal.ts';
export { importRates, type RatesImported } from './importRates.ts';
export { installBuiltInRates } from './installBuiltInRates.ts';
export { isCurrency, toCurrency } from './isoCurrencies.ts';
export { loadRates } from './loadRates.ts';
export { buildRates, type RateQuote, type Rates } from './rates.ts';
export { registerExchangeRateRoutes } from './routes.ts';
