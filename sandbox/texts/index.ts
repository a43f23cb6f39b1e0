export { en, said } from './en.ts'
