/** Returns data as an element that a page can contain. `attributes`: those of the element, such as its type. */
export function asDataBlock(attributes: string, data: object): string {
  return `<script ${attributes}>${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`
}
