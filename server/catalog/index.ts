export { atChosenPrice, forReader, inChosenCurrency } from './choose-price.ts'
export { codeRulesOf } from './code-rules.ts'
export {
  atDiscount,
  type Coupon,
  inFreeCurrency,
  isValidOn,
  loweredCurrencies,
  withCoupon,
} from './coupons/index.ts'
export { hasPasses } from './has-passes.ts'
export {
  drawIcon,
  hasShopFile,
  type IconSize,
  type Identity,
  isIconSize,
  type OwnPage,
  type Seller,
  shopName,
  type Theme,
  themeOf,
} from './identity/index.ts'
export { isSlug, LONGEST_SLUG } from './is-slug.ts'
export { coversOf, type Endpoint, kindOf, scopesOf, scopesOfTag } from './kinds/index.ts'
export { listAll, listProducts, listTags, listTagsOf } from './list-products.ts'
export { listMissing, lookAtGoods, lookAtListed, lookAtPicture, type PictureNow } from './look-at-goods.ts'
export { lookForChanges } from './look-for-changes.ts'
export { isOurDestination } from './our-destinations.ts'
export { asCard, asGoods, asHeading, asOffer, asPage, asPaid, asPriced, showPrices } from './present.ts'
export {
  CatalogError,
  type PaidContent,
  type Picture,
  type Pricing,
  type Product,
  type Tax,
} from './product.ts'
export {
  type Catalog,
  checkFolder,
  couponOf,
  couponsOf,
  findPicture,
  findProduct,
  identityOf,
  isFaulty,
  languageOfTitle,
  listOffSale,
  openCatalog,
  readPaidContent,
} from './read-catalog.ts'
