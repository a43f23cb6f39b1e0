import type * as code from '@code-wallet/elements'

export type Button = NonNullable<ReturnType<typeof code.elements.create>['button']>

/** Mounts a button in this place. It replaces the one before, which must have been unmounted. */
export function mountIn(place: HTMLElement, button: Button): void {
  const mount = document.createElement('div') // an element can't be mounted where another one has been
  place.replaceChildren(mount)
  button.mount(mount)
}
