// A buyer's cookie is the only key to what they get, so a browser that doesn't keep cookies must not pay or redeem.

const TEST_COOKIE = /(?:^|; )(?:__Host-)?cookies-kept=/

/** Returns whether the browser has kept this page's test cookie. Scripts can't see the buyer's own cookie. */
export function keepsCookies(): boolean {
  return TEST_COOKIE.test(document.cookie)
}

/** Shows the notice if this browser doesn't keep cookies. */
export function checkCookies(): void {
  if (!keepsCookies()) showNoCookies()
  else if (history.state?.isReloaded) history.replaceState(null, '')
}

/** Shows that this browser doesn't keep cookies. Returns true: close the window. */
export function showNoCookies(): true {
  const notice = document.querySelector<HTMLElement>('[data-no-cookies]')
  const reload = notice?.querySelector('button')
  if (!notice || !reload) return true
  reload.hidden = history.state?.isReloaded === true // once, since cookies may just have been cleared
  reload.addEventListener('click', reloadOnce)
  notice.hidden = false
  notice.tabIndex = -1
  notice.focus()
  return true
}

function reloadOnce(): void {
  history.replaceState({ isReloaded: true }, '')
  location.reload()
}
