import { requestWords } from './request-words.ts'
import type { FrameTexts, WalletTexts } from './types.ts'

/** What buyers see of the sandbox in Spanish. */
export const frames: FrameTexts = {
  lang: 'es',
  dir: 'ltr',
  verbs: { payment: 'Pagar', login: 'Iniciar sesión', tip: 'Dar propina' },
  title: (verb) => `${verb} con Code (pruebas)`,
  button: (verb) => `${verb} con Code`,
  testMoney: 'pruebas: solo dinero de prueba',
  sandbox: 'Pruebas.',
  imitates: 'Esto imita a Code. No se mueve dinero real.',
  close: 'Cerrar',
  to: 'Para',
  by: 'Pedido por',
  intent: 'Intent',
  user: 'Usuario de prueba',
  owner: (name, kin) => `${name}, ${kin} kin`,
  approve: 'Aprobar',
  reject: 'Rechazar',
  sharesWith: 'Comparte tu identidad con',
  preparing: 'La tienda está preparando la solicitud…',
  separate: 'Aquí la cartera es una página aparte, como en un teléfono es una aplicación aparte.',
  openWallet: 'Abrir la cartera de pruebas',
  qr: 'Código QR que abre esta solicitud en la cartera de pruebas',
  scan: 'Escanéalo con un teléfono para aprobar o rechazar la solicitud allí, o hazlo aquí.',
  noScan: {
    before:
      'El entorno de pruebas no conoce ninguna dirección a la que los teléfonos puedan acceder, así que no hay código. Para tenerlo, pon en la tienda ',
    between: ' con una dirección así, como la de un túnel (',
    after: ' en un entorno de pruebas que funciona solo).',
  },
  approved: 'Aprobado.',
  returning: 'Volviendo a la tienda…',
  back: 'Volver a la tienda',
  timeLeft: 'Tiempo hasta que Code cierre la conexión',
  left: { before: 'Code cierra la conexión después de un minuto: quedan ', after: ' s.' },
  trace: 'Seguimiento',
  inject: 'Provocar fallos',
  tip: 'El importe de una propina se elige en la cartera de Code, y ningún servidor lo sabe antes. El entorno de pruebas no envía nada.',
  said: {
    loginTo: 'Iniciar sesión en {domain}',
    tipFor: 'Una propina para @{username}',
    approving: 'Aprobado. Esperando a que el secuenciador lo confirme…',
    rejected: 'Rechazado.',
    scanned: 'Se ha escaneado el código. Esa cartera también puede aprobar o rechazar la solicitud.',
    timedOut:
      'Nadie ha aprobado ni rechazado la solicitud durante un minuto, así que Code ha cerrado la conexión. Todavía se puede pagar.',
    closed: 'El secuenciador ha cerrado la conexión. La solicitud todavía se puede pagar.',
    noLogin:
      'Esta solicitud de inicio de sesión no existe. Solo puede crearla el servidor que tiene la clave del verificador.',
    unexplained: 'El secuenciador ha rechazado la solicitud sin dar un motivo.',
    silent: 'El secuenciador no ha respondido en {seconds} segundos.',
    unreachable: 'No se ha podido acceder al secuenciador.',
    sandboxUnreachable: 'No se ha podido acceder al entorno de pruebas.',
    sandboxAnswered: 'El entorno de pruebas ha respondido {status}.',
  },
}

const { lang, dir, trace, inject } = frames

/** The page of the test wallet in Spanish. */
export const wallet: WalletTexts = {
  lang,
  dir,
  layout: {
    name: 'Code de pruebas',
    testMoney: 'Solo dinero de prueba.',
    noRealMoney: 'Aquí no se mueve dinero real.',
    sandbox: 'Entorno de pruebas',
    requests: 'Solicitudes',
    faults: 'Fallos',
    disclaimer:
      'Este entorno de pruebas imita el secuenciador de Code en tu propio ordenador. No es Code, y no mueve ningún kin.',
  },
  actions: { back: 'Volver a esta solicitud', all: 'Todas las solicitudes y los webhooks', trace, inject },
  request: requestWords(frames),
  pay: {
    title: (money) => `Pagar ${money}`,
    heading: 'Cartera de pruebas',
    loginRequest: 'Solicitud de inicio de sesión',
    paymentRequest: 'Solicitud de pago',
    unverified: ', sin verificar',
    verifier: 'Verificador',
    fee: (share) => `Incluye una comisión del ${share} para`,
    approved: (who, isLogin, hasWebhook) =>
      `${who ? `Aprobado por ${who}` : 'Aprobado'}. ${isLogin ? 'El inicio de sesión está confirmado' : 'El dinero de prueba está en camino'}${hasWebhook ? ', y un webhook avisa al comerciante' : ''}.`,
    another: 'Volver en otro navegador',
    anotherWhy:
      'La cartera de un teléfono abre la tienda en el navegador predeterminado del teléfono. Puede no ser el navegador del que vienes, y entonces no tiene sus cookies. Para ver qué ocurre, abre esta dirección en otro navegador o en una ventana privada, o escanéala con un teléfono. Quien tenga este enlace puede canjear el pedido, así que no lo compartas.',
    qr: 'Código QR de esta dirección',
    back: 'Volver al comercio',
    rejected: 'Rechazado. En Code eso no es definitivo: todavía puedes aprobar la solicitud.',
    returnThere: 'Volver en otro navegador, como puede hacer la cartera de un teléfono',
    topUpHeading: 'Recargar un saldo',
    balanceOf: 'Saldo de',
    kin: 'Kin',
    topUp: 'Recargar',
  },
  refusals: {
    title: 'No es posible',
    poor: (name, owned, needed) =>
      `${name} tiene ${owned} kin, pero este pago necesita ${needed}. Recarga el saldo o elige otro usuario.`,
    decided: 'Esta solicitud ya se ha aprobado.',
  },
}
