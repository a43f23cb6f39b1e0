export { checkoutRoutes } from './checkout.ts'
export { languageRoutes } from './languages.ts'
export { openedPage, productRoutes } from './products.ts'
export { purchaseRoutes } from './purchases.ts'
