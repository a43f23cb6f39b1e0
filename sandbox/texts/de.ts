import { requestWords } from './request-words.ts'
import type { FrameTexts, WalletTexts } from './types.ts'

/** What buyers see of the sandbox in German. */
export const frames: FrameTexts = {
  lang: 'de',
  dir: 'ltr',
  verbs: { payment: 'Bezahlen', login: 'Anmelden', tip: 'Trinkgeld' },
  title: (verb) => `${verb} mit Code (Sandbox)`,
  button: (verb) => `${verb} mit Code`,
  testMoney: 'Sandbox: nur Testgeld',
  sandbox: 'Sandbox.',
  imitates: 'Das ahmt Code nach. Es fließt kein echtes Geld.',
  close: 'Schließen',
  to: 'An',
  by: 'Verlangt von',
  intent: 'Intent',
  user: 'Test-Benutzer',
  owner: (name, kin) => `${name}, ${kin} Kin`,
  approve: 'Bestätigen',
  reject: 'Ablehnen',
  sharesWith: 'Gibt deine Identität weiter an',
  preparing: 'Der Shop bereitet die Anforderung vor …',
  separate: 'Hier ist die Wallet eine eigene Seite, wie sie auf dem Handy eine eigene App ist.',
  openWallet: 'Test-Wallet öffnen',
  qr: 'QR-Code, der diese Anforderung in der Test-Wallet öffnet',
  scan: 'Scanne ihn mit einem Handy, um die Anforderung dort zu bestätigen oder abzulehnen, oder tu es hier.',
  noScan: {
    before:
      'Die Sandbox kennt keine Adresse, die Handys erreichen, deshalb gibt es keinen Code zum Scannen. Setze dafür ',
    between: ' des Shops auf eine solche Adresse, etwa die eines Tunnels (',
    after: ' bei einer Sandbox, die allein läuft).',
  },
  approved: 'Bestätigt.',
  returning: 'Zurück zum Shop …',
  back: 'Zurück zum Shop',
  timeLeft: 'Zeit, bis Code den Stream beendet',
  left: { before: 'Code beendet den Stream nach einer Minute: noch ', after: ' s.' },
  trace: 'Verlauf',
  inject: 'Fehler auslösen',
  tip: 'Den Betrag eines Trinkgelds wählt man in der Wallet von Code, kein Server kennt ihn vorher. Die Sandbox schickt gar nichts.',
  said: {
    loginTo: 'Bei {domain} anmelden',
    tipFor: 'Ein Trinkgeld für @{username}',
    approving: 'Bestätigt. Der Sequencer muss noch zustimmen …',
    rejected: 'Abgelehnt.',
    scanned: 'Der Code wurde gescannt. Auch jene Wallet kann die Anforderung bestätigen oder ablehnen.',
    timedOut:
      'Eine Minute lang hat niemand die Anforderung bestätigt oder abgelehnt, deshalb hat Code den Stream beendet. Bezahlt werden kann sie noch.',
    closed: 'Der Sequencer hat den Stream beendet. Bezahlt werden kann die Anforderung noch.',
    noLogin: 'Diese Anmeldung gibt es nicht. Nur der Server mit dem Schlüssel des Prüfers kann sie anlegen.',
    unexplained: 'Der Sequencer hat die Anforderung ohne Angabe eines Grundes abgelehnt.',
    silent: 'Der Sequencer hat nicht innerhalb von {seconds} Sekunden geantwortet.',
    unreachable: 'Der Sequencer ist nicht erreichbar.',
    sandboxUnreachable: 'Die Sandbox ist nicht erreichbar.',
    sandboxAnswered: 'Die Sandbox hat mit {status} geantwortet.',
  },
}

const { lang, dir, trace, inject } = frames

/** The page of the test wallet in German. */
export const wallet: WalletTexts = {
  lang,
  dir,
  layout: {
    name: 'Code-Sandbox',
    testMoney: 'Nur Testgeld.',
    noRealMoney: 'Hier fließt kein echtes Geld.',
    sandbox: 'Sandbox',
    requests: 'Anforderungen',
    faults: 'Fehler',
    disclaimer:
      'Diese Sandbox ahmt den Sequencer von Code auf deinem eigenen Rechner nach. Sie ist nicht Code und bewegt keine Kin.',
  },
  actions: { back: 'Zurück zu dieser Anforderung', all: 'Alle Anforderungen und Webhooks', trace, inject },
  request: requestWords(frames),
  pay: {
    title: (money) => `${money} bezahlen`,
    heading: 'Test-Wallet',
    loginRequest: 'Anmeldung',
    paymentRequest: 'Zahlungsanforderung',
    unverified: ', nicht überprüft',
    verifier: 'Prüfer',
    fee: (share) => `Darin enthalten: eine Gebühr von ${share} an`,
    approved: (who, isLogin, hasWebhook) =>
      `${who ? `Von ${who} bestätigt` : 'Bestätigt'}. ${isLogin ? 'Die Anmeldung steht' : 'Das Testgeld ist unterwegs'}${hasWebhook ? ', und ein Webhook sagt es dem Händler' : ''}.`,
    another: 'In einem anderen Browser zurückkehren',
    anotherWhy:
      'Die Wallet auf einem Handy öffnet den Shop im Standardbrowser des Handys. Das kann ein anderer sein als der, aus dem du gekommen bist, und dessen Cookies hat er nicht. Um zu sehen, was dann geschieht, öffne diese Adresse in einem anderen Browser oder einem privaten Fenster, oder scanne sie mit einem Handy. Wer diesen Link hat, kann die Bestellung einlösen: Behalte ihn für dich.',
    qr: 'QR-Code dieser Adresse',
    back: 'Zurück zum Händler',
    rejected: 'Abgelehnt. Bei Code ist das nicht endgültig: Du kannst die Anforderung immer noch bestätigen.',
    returnThere: 'In einem anderen Browser zurückkehren, wie es die Wallet auf einem Handy tun kann',
    topUpHeading: 'Guthaben aufladen',
    balanceOf: 'Guthaben von',
    kin: 'Kin',
    topUp: 'Aufladen',
  },
  refusals: {
    title: 'Das geht nicht',
    poor: (name, owned, needed) =>
      `${name} hat ${owned} Kin, aber diese Zahlung braucht ${needed}. Lade das Guthaben auf, oder wähle einen anderen Benutzer.`,
    decided: 'Diese Anforderung wurde schon bestätigt.',
  },
}
