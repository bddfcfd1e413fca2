export { toTenThousandths } from './decimal.ts';
export { importRates } from './importRates.ts';
export { installBuiltInRates } from './installBuiltInRates.ts';
export { loadRates } from './loadRates.ts';
export { registerExchangeRateRoutes } from './routes.ts';
