export { jsonRoutes } from './routes.ts'
