export { claimCode } from './claimOffer.ts';
export { defineOfferJobs } from './jobs.ts';
export { claimByKey, readOfferStock } from './offersByKey.ts';
export { eraseOffers, exportOffers } from './personalData.ts';
export { createPointTraits } from './pointTraits.ts';
export { createReadBenefits } from './readBenefits.ts';
export { registerOfferRoutes } from './routes.ts';
export { createShopBenefits } from './shopBenefits.ts';
export { followOrders } from './takeOrders.ts';
