import { numberIn } from './number.ts'
import { plural } from './plural.ts'
import { sizeIn } from './size.ts'
import type { Translation } from './types.ts'

const LANGUAGE = 'de'

const digits = numberIn(LANGUAGE)

const opensHere = {
  promises: ['Öffnet sich genau hier, sobald du bezahlt hast', 'Eine Zahlung, kein Konto nötig'],
  lastStep: 'Das war’s. Dein Kauf öffnet sich genau hier.',
  paid: {
    before: '',
    after: ' gehört dir und bleibt in diesem Browser offen.',
    link: 'Auf der eigenen Seite öffnen',
  },
}

const openOne = {
  title: 'Öffne deinen Kauf hier',
  heading: 'Deinen Kauf hier öffnen?',
  button: 'In diesem Browser öffnen',
}

/** The shop in German. */
export const texts: Translation = {
  words: plural(LANGUAGE, '{n, plural, one {# Wort} other {# Wörter}}'),
  moreWords: plural(LANGUAGE, '{n, plural, one {# weiteres Wort} other {# weitere Wörter}}'),
  pictures: plural(LANGUAGE, '{n, plural, one {# Bild} other {# Bilder}}'),
  size: sizeIn(LANGUAGE),
  extent: (type, size) => `${type}, ${size}`,
  minutes: (minutes) => `${digits(minutes)} Min.`,

  layout: {
    lang: LANGUAGE,
    dir: 'ltr',
    skip: 'Zum Inhalt springen',
    sandboxMode: 'Sandbox-Modus',
    sandbox: 'Sandbox-Modus. Es fließt kein echtes Geld.',
    forMerchant: 'Für den Händler',
    shop: 'Shop',
    more: 'Mehr',
    storefront: 'Startseite',
    purchases: 'Meine Käufe',
    language: 'Sprache',
    payWith: { before: 'Bezahle mit ', code: 'Code', after: '. Kein Konto, kein Abo.' },
  },
  actions: {
    toStorefront: 'Zur Startseite',
    toProduct: 'Zurück zum Produkt',
  },
  storefront: {
    title: 'Zahle nur für das, was du aussuchst',
    description: 'Artikel und Downloads, bezahlt mit Code. Kein Konto, kein Abo.',
    lead: 'Alles öffnet sich, sobald du bezahlt hast. Kein Konto, kein Abo, keine Formulare.',
    empty: 'Hier gibt es noch nichts. Schau später noch einmal vorbei.',
    begin: {
      heading: 'Dein Shop läuft. Lege etwas hinein.',
      steps: [
        { before: 'Speichere dies als ', after: '. Was vor der Zeile mit „more“ steht, können alle lesen.' },
        { before: 'Gib dem Shop einen Namen. Speichere dies als ', after: '.' },
        { before: 'Lade diese Seite neu, und kaufe es mit Testgeld. Mehr dazu steht in ', after: '.' },
      ],
    },
  },
  tip: {
    heading: 'Trinkgeld für',
    lead: 'Ein Trinkgeld geht von deiner Wallet direkt an ihre. Dieser Shop hat damit nichts zu tun.',
  },
  tags: { title: (tag) => `#${tag}`, passes: 'Alles auf einmal öffnen', each: 'Einzeln' },
  paging: {
    label: 'Weitere Produkte',
    before: 'Vorige Seite',
    after: 'Nächste Seite',
    where: (number, count) => `Seite ${digits(number)} von ${digits(count)}`,
  },
  product: {
    yours: 'Gehört dir',
    openToYou: 'Für dich offen',
    kept: { before: 'Dieser Browser bewahrt es für dich auf, unter ', after: '.' },
    includesTax: (rate, label) => `Enthält ${rate} ${label}`,
    from: (price) => `ab ${price}`,
    download: 'Herunterladen',
    fileMissing:
      'Die Datei fehlt gerade, und das liegt am Shop. Sie gehört dir weiterhin: Komm später wieder, oder wende dich an den Händler.',
  },
  offer: {
    unavailable: 'Das steht gerade nicht zum Verkauf, weil seine Datei fehlt. Bitte komm später wieder.',
    withdrawn: 'Das wird nicht mehr verkauft.',
    ifBought: 'Hast du es gekauft, öffne es in dem Browser, in dem du es gekauft hast.',
    needsScript: 'Zum Bezahlen wird JavaScript gebraucht. Alles andere hier geht auch ohne.',
    stepsHeading: 'Mit Code bezahlen in drei Schritten',
    steps: [
      'Drücke den Knopf und scanne den Code mit der Code-App. Auf dem Handy öffnet sich die App von selbst.',
      'Bestätige die Zahlung in der App.',
    ],
    sandboxSteps: [
      'Drücke den Knopf. Eine Test-Wallet öffnet sich.',
      'Bestätige die Zahlung. Es fließt kein echtes Geld.',
    ],
    wallet: { before: 'Noch keine Wallet? Die kostenlose Code-App für dein Handy gibt es bei ', after: '.' },
    sandboxWallet: {
      before: 'Du musst nichts installieren. In einem echten Shop ist die Wallet die Code-App von ',
      after: '.',
    },
    chooseCurrency: 'Währung',
    currency: (name) => `Die Währung ist ${name}.`,
    chooseAmount: 'Wähle einen Betrag',
    anotherAmount: 'Anderer Betrag',
    anotherAmountIn: (currency) => `Anderer Betrag in ${currency}`,
    range: { before: 'Von ', between: ' bis ' },
    free: 'Kostenlos',
    getFree: 'Kostenlos holen',
    freePromise: 'Keine Wallet nötig',
    coupon: {
      ask: 'Hast du einen Gutschein?',
      label: 'Gutscheincode',
      apply: 'Einlösen',
      remove: 'Gutschein entfernen',
      unusable:
        'Dieser Code gilt hier nicht. Vielleicht ist er vertippt, abgelaufen, aufgebraucht, gerade reserviert (für andere oder durch eine andere deiner Bestellungen, die noch nicht bezahlt ist) oder für etwas anderes gedacht.',
      insteadOf: { before: 'Statt ', or: ' / ', between: ', mit dem Gutschein ', after: '.' },
      unchanged: (currencies) => `Den Preis in ${currencies.join(', ')} senkt er nicht.`,
    },
  },
  cancelled: {
    title: 'Abgebrochen',
    heading: 'Du hast nichts bezahlt',
    closed: { before: 'Du hast die Zahlung für ', after: ' geschlossen oder abgelehnt.' },
    closedUnknown: 'Du hast die Zahlung geschlossen oder abgelehnt.',
    late: 'Geht sie doch noch durch, bekommst du deinen Kauf trotzdem.',
  },
  noCookies: {
    offer:
      'Du hast nichts bezahlt. Dieser Browser behält keine Cookies und würde verlieren, was du kaufst. Erlaube Cookies für diesen Shop, oder öffne ihn in einem anderen Browser.',
    redeem:
      'Dieser Browser behält keine Cookies und würde deinen Kauf verlieren. Erlaube Cookies für diesen Shop, oder öffne den Link in einem anderen Browser. Der Link gilt weiterhin.',
    reload: 'Neu laden',
  },
  redeem: {
    wallet: {
      ...openOne,
      why: 'Deine Wallet hat diese Seite in einem anderen Browser geöffnet als dem, in dem du bestellt hast. Drücke den Knopf, um deinen Kauf auch hier zu öffnen.',
      limits:
        'Der Link gilt bis einen Tag nach der Zahlung, in bis zu drei weiteren Browsern außer dem, in dem du bestellt hast.',
    },
    order: {
      ...openOne,
      why: 'Der Händler hat diesen Link für dich erstellt. Drücke den Knopf, um deinen Kauf in diesem Browser zu öffnen.',
      limits: 'Der Link gilt einen Tag, nachdem der Händler ihn erstellt hat, in einem einzigen Browser.',
    },
    everything: {
      title: 'Öffne alle deine Käufe hier',
      heading: 'Alle deine Käufe hier öffnen?',
      why: 'Der Händler hat diesen Link für dich erstellt. Drücke den Knopf, um alle deine Käufe in diesem Browser zu öffnen.',
      button: 'In diesem Browser öffnen',
      limits: 'Der Link gilt einen Tag, nachdem der Händler ihn erstellt hat, in einem einzigen Browser.',
    },
  },
  success: {
    confirmingTitle: 'Wird bestätigt',
    confirming: 'Deine Zahlung wird bestätigt',
    forPrice: ' für ',
    waiting:
      'Wir warten, bis Code deine Zahlung bestätigt. Das dauert meist ein paar Sekunden, und die Seite aktualisiert sich von selbst.',
    checkAgain: 'Noch einmal nachsehen',
    title: 'Bezahlt',
    heading: 'Bezahlt. Vielen Dank.',
    freeTitle: 'Gehört dir',
    freeHeading: 'Das gehört jetzt dir.',
    missing: {
      before: 'Die Seite von ',
      after:
        ' ist gerade nicht verfügbar. Dein Kauf gilt weiterhin: Komm später wieder, oder wende dich an den Händler.',
    },
    notBegun: { after: ' gehört dir und hat noch nicht begonnen.' },
    ended: {
      title: 'Zugang beendet',
      heading: 'Dein Zugang ist beendet',
      before: 'Der Händler hat deinen Zugang zu ',
      after: ' beendet. Der Beleg zeigt, was du bezahlt hast.',
      afterRefund: ' beendet. Der Beleg zeigt, was du bezahlt hast und was erstattet wurde.',
    },
    expired: {
      title: 'Abgelaufen',
      heading: 'Dieser Kauf ist abgelaufen',
      before: '',
      after: ' ist abgelaufen. Der Beleg zeigt den letzten Tag und was du bezahlt hast.',
    },
    heldOtherwise: {
      refunded: {
        title: 'Erstattet',
        heading: 'Dieser Kauf wurde erstattet',
        before: 'Du hast ',
        after:
          ' weiterhin durch einen anderen Kauf. Der Beleg zeigt, was du bezahlt hast und was erstattet wurde.',
      },
      ended: {
        title: 'Kauf beendet',
        heading: 'Dieser Kauf ist beendet',
        before: 'Du hast ',
        after: ' weiterhin durch einen anderen Kauf. Der Beleg zeigt, was du bezahlt hast.',
      },
    },
  },
  receipt: {
    heading: 'Beleg',
    of: (title) => `Beleg für ${title}`,
    print: 'Drucken',
    for: 'Für',
    paid: 'Bezahlt',
    testMoney: ' (Testgeld)',
    listPrice: 'Listenpreis',
    coupon: 'Gutschein',
    refunded: 'Erstattet',
    refundedTax: 'Erstattete Steuer',
    lastRefund: 'Letzte Erstattung',
    on: 'Am',
    with: 'Mit',
    intent: 'Code, Intent ',
    from: 'Von',
  },
  seller: { vatId: 'USt-IdNr.', taxNumber: 'Steuernummer' },
  window: {
    open: { before: 'Offen bis einschließlich ', after: '.' },
    waiting: { before: 'Offen vom ', between: ' bis einschließlich ', after: '.' },
    over: { before: 'Abgelaufen; der letzte Tag war ', after: '.' },
    byPass: { before: 'Offen durch ', between: ' bis einschließlich ', after: '.' },
    covered: {
      before: 'Alles davon ist schon für dich offen, durch ',
      between: ' bis einschließlich ',
      after: '.',
    },
    begins: { before: 'Dein Pass beginnt am ', after: '.' },
    zone: { before: ' (', after: ')' },
    endsSoon: plural(
      LANGUAGE,
      '{n, plural, one {Heute ist der letzte Tag.} other {Bald abgelaufen: noch # Tage, heute mitgezählt.}}',
    ),
    adds: plural(
      LANGUAGE,
      '{n, plural, one {Beim Kauf kommt # Tag zu dem hinzu, was du hast.} other {Beim Kauf kommen # Tage zu dem hinzu, was du hast.}}',
    ),
    addsNothing: 'Ein Kauf verlängert das nicht: Die neuen Tage beginnen sofort.',
    forGood: 'Dauerhaft kaufen',
    term: 'Zugang',
  },
  apiKeys: {
    title: 'API-Schlüssel',
    lead: 'Was deine Programme aufrufen dürfen. Wer einen Schlüssel hat, kann deine Aufrufe verbrauchen: Behalte ihn für dich.',
    none: 'Nichts, was du in diesem Browser hast, hat eine API.',
    left: (left, bought) => `Übrige Aufrufe: ${digits(left)} von ${digits(bought)}`,
    since: 'Schlüssel erstellt: ',
    noKey: 'Es gibt keinen Schlüssel.',
    make: 'Schlüssel erstellen',
    replace: 'Schlüssel ersetzen',
    revoke: 'Schlüssel sperren',
    replaceNote: 'Wenn du den Schlüssel ersetzt oder sperrst, gilt der jetzige sofort nicht mehr.',
    yours: 'Dein Schlüssel. Er wird nur einmal gezeigt:',
    example: 'So verwendest du ihn:',
    otherKey:
      'Du hast schon einen Schlüssel, und er gilt weiterhin. Deshalb wurde kein neuer erstellt. Er kann nicht noch einmal gezeigt werden: Wenn du ihn nicht mehr hast, ersetze ihn.',
    link: 'API-Schlüssel',
  },
  purchases: {
    title: 'Meine Käufe',
    none: 'Du hast in diesem Browser noch nichts gekauft. Deine Käufe erscheinen hier.',
    all: 'Alles, was du in diesem Browser hast, das Neueste zuerst.',
    part: 'Käufe, die du in diesem Browser hast, die neuesten zuerst. Nicht alle passen auf eine Seite.',
    others: 'Weitere Käufe',
    ended: 'Zugang beendet',
    missing:
      'Die Seite dazu ist gerade nicht verfügbar. Dein Kauf gilt weiterhin: Komm später wieder, oder wende dich an den Händler.',
    newest: 'Neueste Käufe',
    older: 'Ältere Käufe',
  },

  kinds: {
    article: {
      ...opensHere,
      label: (minutes) => `Artikel · ${minutes}`,
      gets: (moreWords, minutes) => `${moreWords}, etwa ${minutes}`,
      heading: 'Lies den Rest',
    },
    download: {
      ...opensHere,
      label: (extent) => `Download · ${extent}`,
      gets: (name, extent) => `${name} (${extent})`,
      instructions: (words) => `${words} dazu, wie man es benutzt`,
      heading: 'Hol dir die Datei',
    },
    api: {
      label: 'API',
      gets: plural(LANGUAGE, '{n, plural, one {# Aufruf} other {# Aufrufe}}'),
      heading: 'Für deine Programme',
      promises: ['Ein Schlüssel gleich nach der Zahlung', 'Unverbrauchte Aufrufe verfallen nicht'],
      lastStep: 'Das war’s. Den Schlüssel bekommst du auf der nächsten Seite.',
      paid: {
        before: 'Du hast ',
        after:
          ' bestellt. Auf der nächsten Seite bekommst du den Schlüssel und siehst, wie viele Aufrufe übrig sind.',
        link: 'Zum Schlüssel',
      },
    },
    donation: {
      label: 'Spende',
      getsThanks: 'Ein Dank und ein Beleg, gleich nach der Zahlung',
      getsReceipt: 'Ein Beleg, gleich nach der Zahlung',
      heading: 'Gib, so viel du magst',
      promises: ['Kein Konto nötig', 'So oft du willst'],
      lastStep: 'Das war’s. Dein Beleg erscheint genau hier.',
      paid: { before: 'Deine Spende ist angekommen: ', after: '.', link: 'Zurück zur Seite' },
    },
    pass: {
      label: plural(LANGUAGE, '{n, plural, one {Pass · # Tag} other {Pass · # Tage}}'),
      getsTagged: 'Alles, was dazugehört, auch was während der Laufzeit dazukommt',
      getsAll: 'Alle Artikel und Downloads dieses Shops, auch was während der Laufzeit dazukommt',
      heading: 'Hol dir den Pass',
      promises: [
        'Beginnt, sobald du bezahlt hast, und endet von selbst',
        'Kauf ihn erneut, solange er läuft, und die Tage kommen dazu',
        'Kein Konto nötig',
      ],
      lastStep: 'Das war’s. Solange er läuft, ist alles, wofür er gilt, in diesem Browser offen.',
      paid: {
        before: '',
        after: ' gehört dir. Alles, wofür der Pass gilt, ist in diesem Browser offen.',
        link: 'Zum Pass',
      },
    },
  },

  scripts: {
    tipFrame: 'Knopf für ein Trinkgeld mit Code',
    tipWindow: 'Trinkgeld mit Code',
    tipThanks: 'Danke für das Trinkgeld.',
    tipCancelled: 'Es wurde kein Trinkgeld gesendet.',
    tipFailed: 'Das Trinkgeld kam nicht an.',
    buttonFrame: 'Knopf zum Bezahlen mit Code',
    paymentFrame: 'Zahlung mit Code',
    notCharged: 'Du hast nichts bezahlt. {reason}',
    noButton: 'Der Bezahlknopf fehlt. Prüfe deine Verbindung und lade die Seite neu.',
    noWindow:
      'Diesmal hast du nichts bezahlt. Das Zahlungsfenster fehlt: Prüfe deine Verbindung und versuche es noch einmal.',
    changed:
      'Preis oder Bedingungen haben sich geändert, während diese Seite offen war. Du hast nichts bezahlt. Sieh dir das neue Angebot an und versuche es noch einmal.',
    cancelled: 'Du hast nichts bezahlt. Geht die Zahlung doch noch durch, bekommst du deinen Kauf trotzdem.',
    paidBefore:
      'Diesmal hast du nichts bezahlt. Eine frühere Zahlung von dir ist angekommen; sieh unter Meine Käufe nach.',
    otherTab:
      'Diese Bestellung ist in einem anderen Tab offen. Bezahle dort, oder schließe den Tab und versuche es hier noch einmal. Du zahlst nicht doppelt.',
    noPayment:
      'Die Zeit für die Zahlung ist abgelaufen. Falls du schon bezahlt hast, drücke den Knopf noch einmal: Du bekommst deinen Kauf und zahlst nicht doppelt.',
    cutOff:
      'Die Verbindung zu Code ist abgebrochen. Falls du schon bezahlt hast, drücke den Knopf noch einmal: Du bekommst deinen Kauf und zahlst nicht doppelt.',
    codeError:
      'Das Zahlungsfenster von Code hat einen Fehler gemeldet ({error}). Versuche es noch einmal: Der Shop nimmt dieselbe Bestellung, du zahlst also nicht doppelt.',
    notStarted: 'Diese Seite konnte die Zahlung nicht beginnen. Lade sie neu und versuche es noch einmal.',
    silent:
      'Der Shop hat nicht rechtzeitig geantwortet. Versuche es noch einmal: Er nimmt dieselbe Bestellung, du zahlst also nicht doppelt.',
    unreachable: 'Der Shop ist nicht erreichbar. Prüfe deine Verbindung und versuche es noch einmal.',
    notTaken: 'Der Shop konnte die Bestellung nicht annehmen ({status}).',
    incomplete: 'Die Antwort des Shops war unvollständig. Versuche es gleich noch einmal.',
    again: ' Versuche es gleich noch einmal.',
    againIn: {
      one: ' Versuche es in einer Sekunde noch einmal.',
      other: ' Versuche es in {wait} Sekunden noch einmal.',
    },
    late: 'Die Zahlung ist noch nicht angekommen. Diese Seite wartet weiter, aber du kannst sie auch schließen: Sobald die Zahlung ankommt, öffnet sich dein Kauf in diesem Browser. Wenn du bezahlt hast und er sich nicht öffnet, wende dich an den Händler.',
    amountSmall: 'Der kleinste Betrag ist {from}.',
    amountLarge: 'Der größte Betrag ist {to}.',
    amountEmpty: 'Gib einen Betrag von {from} bis {to} ein.',
    amountAmbiguous:
      '„{typed}“ könnte zwei Beträge bedeuten. Lass das Tausendertrennzeichen weg, oder schreibe zwei Nachkommastellen.',
    amountPrecise: '„{typed}“ hat mehr als zwei Nachkommastellen. Schreibe es so: {from}.',
    amountUnclear: '„{typed}“ ist kein Betrag. Schreibe ihn so: {from}.',
  },

  problem: {
    detail: (detail) => `${detail}.`,
    retryAfter: plural(
      LANGUAGE,
      ' {n, plural, one {Versuche es in einer Sekunde noch einmal.} other {Versuche es in # Sekunden noch einmal.}}',
    ),
    about: 'Mehr über dieses Problem',
    buyCalls: 'Aufrufe kaufen',
    contact: 'Hilfe gibt es hier: ',
    code: {
      before: 'Der Shop nennt dieses Problem ',
      after: (status) => ` und antwortet mit dem HTTP-Status ${status}.`,
    },
  },

  errors: {
    notSoldIn: (title, currencies) =>
      `${title} gibt es nicht in dieser Währung, sondern in ${currencies.join(', ')}`,
    withdrawn: (title) => `${title} wird nicht mehr verkauft`,
    noSuchPage: () => 'Diese Liste hat keine solche Seite',
    noCallsBought: () =>
      'Hier ist kein Kauf, für den es einen Schlüssel gibt, oder die Zahlung dafür ist noch nicht angekommen',
    amountNotWanted: (title) => `${title} hat einen festen Preis: Bestelle es ohne „hundredths“`,
    amountOutside: (title, from, to, shown) =>
      `Für ${title} muss „hundredths“ eine ganze Zahl von ${from} bis ${to} sein (${shown.join(' bis ')})`,
    couponUnusable: () =>
      'Der Gutschein ist unbekannt, abgelaufen, aufgebraucht, reserviert (von anderen oder durch eine unbezahlte Bestellung dieses Käufers) oder nicht für dieses Produkt',
    notFree: (title) => `${title} ist mit diesem Gutschein nicht kostenlos`,
    alreadyYours: (title, path) => `${title} gehört dir schon: ${path}`,
    paidBefore: (title, path) =>
      `Eine frühere Zahlung von dir für ${title} ist angekommen, deshalb wurde diesmal nichts bestellt. Um es noch einmal zu bestellen, versuch es erneut: ${path}`,
    nothingAt: (path) => `Unter ${path} gibt es nichts`,
    noProduct: (slug) => `Es gibt kein Produkt namens ${slug}`,
    noProblem: (code) => `Es gibt kein Problem namens ${code}`,
    noPicture: (name) => `Es gibt kein Bild namens ${name}`,
    faulty: (slug) => `Die Datei von ${slug} enthält einen Fehler`,
    fileMissing: (name) => `Die Datei von ${name} fehlt`,
    fileMoved: () => 'Die Datei wurde gerade verschoben',
    noFile: (title) => `${title} wird auf seiner Seite gelesen und hat keine Datei`,
    forSale: (title, path) => `${title} steht unter ${path} zum Verkauf`,
    notHeld: () => 'Dieser Browser hat keine solche Bestellung',
    noSuchPart: () => 'Die Liste der Käufe hat keine solche Seite',
    cookieMissing: () => 'Der Browser hat das Cookie nicht geschickt, das die Seiten dieses Shops setzen',
    redemptionCodeForm: () => 'Ein Einlösecode besteht aus 32 hexadezimalen Ziffern',
    redemptionOfAnother: () => 'Der Code gehört nicht zu dieser Bestellung',
    redemptionUsed: () =>
      'Der Link wurde in so vielen Browsern benutzt, wie er erlaubt, ist mehr als einen Tag alt oder wurde vom Händler gesperrt',
    orderEnded: (title) =>
      `Die Bestellung von ${title} in „unlessPaid“ ist bezahlt, aber der Händler hat den Zugang beendet, deshalb wurde nichts bestellt`,
    accessEnded: () => 'Der Händler hat den Zugang beendet, den dieser Link geben würde',
    intentForm: () => 'Die Kennung eines Intents ist der Base58-Text von 32 Bytes',
    wrongCodes: (perMinute) =>
      `Von einer Adresse können in der Minute höchstens ${digits(perMinute)} Gutscheincodes probiert werden, die nicht gelten. Mach ohne Gutschein weiter, oder versuche es in einer Minute noch einmal`,
    rate: (perMinute, what) =>
      `Anfragen von ${what === 'address' ? 'einer Adresse' : 'einem Browser'} sind auf ${digits(perMinute)} in der Minute begrenzt`,
    ordersAtOnce: () =>
      'Andere Seiten dieses Browsers haben gleichzeitig immer wieder etwas anderes bestellt',
    codeSilent: (ms) => `Code hat nicht innerhalb von ${digits(ms)} ms geantwortet. Versuche es noch einmal`,
    codeSlow: (ms) => `Code hat mehr als ${digits(ms)} ms gebraucht. Versuche es noch einmal`,
    codeBroken: () =>
      'Code war nicht erreichbar oder hat eine ungültige Antwort geschickt. Versuche es noch einmal',
    codeEmpty: () =>
      'Code hat eine leere Antwort geschickt und hat die Zahlungsanforderung nicht. Versuche es noch einmal',
    codePaused: () =>
      'Code ist mehrmals hintereinander ausgefallen. Versuche es in ein paar Sekunden noch einmal',
    codeRefused: () => 'Code hat die Zahlungsanforderung abgelehnt. Der Grund steht im Log des Shops',
    codeForgot: () => 'Code hat die Zahlungsanforderung angenommen, hatte sie dann aber nicht',
    paymentUnproven: () =>
      'Laut Code wurde ein Intent dieser Bestellung bezahlt, aber der Shop konnte die Zahlung nicht bestätigen',
    codeHasOthers: () => 'Für jeden Intent, der versucht wurde, hat Code schon andere Angaben',
    priceRefused: () => 'Code nimmt diesen Preis zurzeit nicht an',
    database: () => 'Die Datenbank ist nicht verfügbar',
    unexpected: (reference) =>
      `Unerwarteter Fehler. Falls du ihn meldest, nenne das Kennzeichen ${reference}`,
  },

  problems: {
    'access-ended': {
      title: 'Der Händler hat diesen Zugang beendet',
      explanation:
        'Was gekauft wurde, ist nicht mehr nutzbar, und auch ein neuer Link würde daran nichts ändern. Wenn du Fragen hast, wende dich an den Händler.',
    },
    'already-yours': {
      title: 'Das gehört dir schon',
      explanation:
        'Dieser Browser hat das Produkt schon. Öffne seine Seite, oder sieh unter Meine Käufe nach.',
    },
    'amount-unpayable': {
      title: 'Code nimmt diesen Preis nicht an',
      explanation:
        'Der Preis liegt zurzeit außerhalb der Grenzen, die Code setzt. Versuche es später noch einmal, oder wende dich an den Händler, der den Preis ändern kann.',
    },
    'body-too-large': {
      title: 'Die Anfrage ist zu groß',
      explanation: 'Jede Adresse nimmt nur so viele Daten an, wie sie braucht. Nichts wurde gespeichert.',
    },
    'cookies-blocked': {
      title: 'Dieser Browser behält keine Cookies',
      explanation:
        'Dieser Browser behält keine Cookies und würde verlieren, was du kaufst. Du hast nichts bezahlt, und ein Link aus deiner Wallet gilt weiterhin. Erlaube Cookies für diesen Shop und lade seine Seite neu, oder öffne sie in einem anderen Browser.',
    },
    'coupon-unusable': {
      title: 'Dieser Gutschein gilt hier nicht',
      explanation:
        'Du hast nichts bezahlt. Vielleicht ist der Code vertippt, abgelaufen, aufgebraucht, gerade reserviert (für andere oder durch eine andere deiner Bestellungen, die noch nicht bezahlt ist) oder für etwas anderes gedacht. Prüfe ihn, versuche es später noch einmal, oder mach ohne ihn weiter.',
    },
    'file-changed': {
      title: 'Die Datei hat sich geändert',
      explanation:
        'Der Download wurde unterbrochen, und die Datei hat sich seitdem geändert. Beginne den Download neu, um die jetzige Fassung zu bekommen.',
    },
    'intent-malformed': {
      title: 'Keine gültige Bestellnummer',
      explanation:
        'Eine Bestellung hat ihre eigene Nummer oder die Kennung ihres Intents, 32 Bytes in Base58. Prüfe, ob du die ganze Adresse kopiert hast und sonst nichts.',
    },
    'intent-refused': {
      title: 'Code hat die Zahlungsanforderung abgelehnt',
      explanation:
        'Code hat die Zahlungsanforderung abgelehnt. Versuche es gleich noch einmal. Bleibt es dabei, wende dich bitte an den Händler, der den Grund im Log des Shops findet. Oft ist es die Einzahlungsadresse.',
    },
    'method-not-allowed': {
      title: 'Diese Methode geht hier nicht',
      explanation:
        'Die Adresse gibt es, aber sie unterstützt die HTTP-Methode nicht. Der Header Allow nennt die Methoden, die sie unterstützt.',
    },
    'no-longer-free': {
      title: 'Das ist nicht mehr kostenlos',
      explanation:
        'Der Preis oder der Gutschein hat sich geändert. Du hast nichts bezahlt. Die Seite des Produkts zeigt, was es jetzt kostet.',
    },
    'nothing-to-pay': {
      title: 'Das kostet nichts',
      explanation:
        'Mit diesem Gutschein ist das Produkt kostenlos, du musst also nichts bezahlen. Hol es dir auf seiner Seite.',
    },
    'order-not-found': {
      title: 'Keine solche Bestellung in diesem Browser',
      explanation:
        'Eine Bestellung wird nur in einem Browser gezeigt, der sie aufgegeben oder eingelöst hat. Öffne sie dort, oder nimm die Adresse, die deine Wallet nach der Zahlung geöffnet hat.',
    },
    'page-not-found': {
      title: 'Seite nicht gefunden',
      explanation: 'Unter dieser Adresse gibt es keine Seite. Die Startseite zeigt alles, was zu kaufen ist.',
    },
    'payment-required': {
      title: 'Das steht zum Verkauf',
      explanation:
        'Die Datei öffnet sich in einem Browser, der sie gekauft oder eingelöst hat. Die Seite des Produkts zeigt den Preis und wie man bezahlt.',
    },
    'payment-unproven': {
      title: 'Eine frühere Zahlung ist noch nicht bestätigt',
      explanation:
        'Laut Code ist das schon bezahlt, aber der Shop konnte die Zahlung nicht bestätigen. Bitte wende dich an den Händler: Er kann sie finden und dir deinen Kauf geben.',
    },
    'product-not-found': {
      title: 'Dieses Produkt steht nicht zum Verkauf',
      explanation:
        'Das Produkt wurde vielleicht umbenannt oder aus dem Verkauf genommen. Die Startseite zeigt alles, was zu kaufen ist.',
    },
    'product-unavailable': {
      title: 'Dieses Produkt ist vorübergehend nicht verfügbar',
      explanation:
        'Eine Datei dieses Produkts fehlt gerade oder enthält einen Fehler; bis das behoben ist, steht es nicht zum Verkauf. Hast du es bezahlt, gehört es dir: Öffne es später noch einmal, oder wende dich an den Händler.',
    },
    'product-withdrawn': {
      title: 'Dieses Produkt wird nicht mehr verkauft',
      explanation:
        'Der Händler verkauft es nicht mehr. Dir wurde nichts berechnet. Hast du es früher gekauft, gehört es dir weiterhin: Öffne es in dem Browser, in dem du es gekauft hast.',
    },
    'range-unsatisfiable': {
      title: 'Diesen Teil der Datei gibt es nicht',
      explanation: 'Der verlangte Bereich beginnt hinter dem Ende der Datei. Beginne den Download neu.',
    },
    'redemption-spent': {
      title: 'Dieser Link ist abgelaufen',
      explanation:
        'Ein Link aus einer Wallet gilt bis einen Tag nach der Zahlung, in drei Browsern außer dem, in dem du bestellt hast. Ein Link vom Händler gilt einen Tag, in einem einzigen Browser. Öffne deinen Kauf in einem Browser, der ihn schon hat, oder bitte den Händler um einen neuen Link.',
    },
    'redemption-unknown': {
      title: 'Dieser Link ist nicht gültig',
      explanation:
        'Der Einlösecode gehört nicht zu dieser Bestellung. Prüfe, ob du die ganze Adresse kopiert hast.',
    },
    'request-foreign': {
      title: 'Die Anfrage kam von einer anderen Website',
      explanation:
        'Der Shop nimmt Bestellungen und Einlösungen nur von seinen eigenen Seiten an. Öffne den Shop unter seiner eigenen Adresse und versuche es noch einmal. Ist das diese Adresse, sollte der Händler PUBLIC_URL prüfen.',
    },
    'request-invalid': {
      title: 'Die Anfrage ist ungültig',
      explanation:
        'Ein Feld, ein Parameter oder ein Header der Anfrage fehlt, ist unbekannt oder hat nicht die richtige Form. Berichtige das und sende die Anfrage noch einmal.',
    },
    'sequencer-down': {
      title: 'Code antwortet nicht',
      explanation:
        'Code ist mehrmals hintereinander ausgefallen, deshalb wartet der Shop ein paar Sekunden bis zum nächsten Versuch. Deine Käufe sind weiterhin da.',
    },
    'sequencer-failed': {
      title: 'Code konnte die Zahlungsanforderung nicht verarbeiten',
      explanation:
        'Code hat eine ungültige Antwort geschickt oder gar keine. Bleibt es dabei, wende dich bitte an den Händler.',
    },
    'sequencer-silent': {
      title: 'Code hat nicht rechtzeitig geantwortet',
      explanation:
        'Code hat nicht rechtzeitig geantwortet. Wenn deine Bestellung schon gespeichert ist, nimmt der Shop dieselbe Zahlungsanforderung, du zahlst also nicht doppelt.',
    },
    'storage-unavailable': {
      title: 'Der Shop ist vorübergehend nicht verfügbar',
      explanation:
        'Die Datenbank des Shops ist überlastet, voll oder nicht erreichbar. Zahlungen, die schon gemacht wurden, sind nicht verloren.',
    },
    'too-many-requests': {
      title: 'Zu viele Anfragen',
      explanation: 'Es kamen zu viele Anfragen in kurzer Zeit.',
    },
    unexpected: {
      title: 'Im Shop ist etwas schiefgegangen',
      explanation:
        'Im Shop ist etwas Unerwartetes schiefgegangen. Versuche es gleich noch einmal. Bleibt es dabei, wende dich bitte an den Händler, der es mit dem Kennzeichen im Log findet.',
    },
  },
}
