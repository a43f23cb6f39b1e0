export { asHead } from './head.ts'
export { discoveryRoutes } from './routes.ts'
export { describeProduct } from './schema-org.ts'
export { pictureOfPage, pictureOfProduct } from './title-picture.ts'
