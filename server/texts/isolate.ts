/**
 * Keeps the direction of what stands in a text from right to left, such as a title. Without it, a number behind Latin letters stands on
 * the wrong side of them, and so does a path's first slash or a title's last sign: https://www.unicode.org/reports/tr9/, W7 and N2.
 */
export function isolate(text: string): string {
  return `\u2068${text}\u2069`
}
