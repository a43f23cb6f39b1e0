export { deliveryRoutes } from './delivery-routes.ts'
export { showHome } from './pages.ts'
export { walletRoutes } from './routes.ts'
export { createWallet, type Wallet } from './wallet.ts'
