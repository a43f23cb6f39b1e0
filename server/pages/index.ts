export { checkoutRoutes } from './checkout.ts'
export { productPage, productRoutes } from './products.ts'
export { purchaseRoutes } from './purchases.ts'
