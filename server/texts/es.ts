import { numberIn } from './number.ts'
import { plural } from './plural.ts'
import { sizeIn } from './size.ts'
import type { Translation } from './types.ts'

const LANGUAGE = 'es'

const digits = numberIn(LANGUAGE)

const opensHere = {
  promises: ['Se abre aquí mismo en cuanto pagas', 'Un solo pago, sin cuenta'],
  lastStep: 'Eso es todo. Tu compra se abre aquí mismo.',
  paid: {
    before: '',
    after: ' es tuyo y sigue abierto en este navegador.',
    link: 'Abrirlo en su propia página',
  },
}

const openOne = {
  title: 'Abre tu compra aquí',
  heading: '¿Abrir tu compra aquí?',
  button: 'Abrirla en este navegador',
}

/** The shop in Spanish. */
export const texts: Translation = {
  words: plural(LANGUAGE, '{n, plural, one {# palabra} many {# de palabras} other {# palabras}}'),
  moreWords: plural(
    LANGUAGE,
    '{n, plural, one {# palabra más} many {# de palabras más} other {# palabras más}}',
  ),
  pictures: plural(LANGUAGE, '{n, plural, one {# imagen} many {# de imágenes} other {# imágenes}}'),
  size: sizeIn(LANGUAGE),
  extent: (type, size) => `${type}, ${size}`,
  minutes: (minutes) => `${digits(minutes)} min`,

  layout: {
    lang: LANGUAGE,
    dir: 'ltr',
    skip: 'Ir al contenido',
    sandboxMode: 'Modo de pruebas',
    sandbox: 'Modo de pruebas. No se mueve dinero real.',
    forMerchant: 'Para el comerciante',
    shop: 'Tienda',
    more: 'Más',
    storefront: 'Portada',
    purchases: 'Mis compras',
    language: 'Idioma',
    payWith: {
      before: 'Paga con ',
      code: 'Code',
      after: '. Sin cuenta ni suscripción.',
    },
  },
  actions: {
    toStorefront: 'Ir a la portada',
    toProduct: 'Volver al producto',
  },
  storefront: {
    title: 'Paga solo por lo que elijas',
    description: 'Artículos y descargas, pagados con Code. Sin cuenta ni suscripción.',
    lead: 'Todo se abre en cuanto pagas. Sin cuenta, sin suscripción, sin formularios.',
    empty: 'Aquí todavía no hay nada. Vuelve más tarde.',
    begin: {
      heading: 'Tu tienda está en marcha. Pon algo en ella.',
      steps: [
        {
          before: 'Guarda esto como ',
          after: '. Lo que está antes de la línea con «more» lo puede leer todo el mundo.',
        },
        { before: 'Dale un nombre a la tienda. Guarda esto como ', after: '.' },
        { before: 'Recarga esta página y cómpralo con dinero de prueba. Para saber más, lee ', after: '.' },
      ],
    },
  },
  tip: { heading: 'Propina para', lead: 'La propina va de tu cartera a la suya. Esta tienda no interviene.' },
  tags: { title: (tag) => `#${tag}`, passes: 'Abrirlo todo de una vez', each: 'Uno a uno' },
  paging: {
    label: 'Más productos',
    before: 'Página anterior',
    after: 'Página siguiente',
    where: (number, count) => `Página ${digits(number)} de ${digits(count)}`,
  },
  product: {
    yours: 'Tuyo',
    openToYou: 'Abierto para ti',
    kept: { before: 'Este navegador te lo guarda en ', after: '.' },
    includesTax: (rate, label) => `Incluye ${rate} de ${label}`,
    from: (price) => `desde ${price}`,
    download: 'Descargar',
    fileMissing:
      'Ahora mismo falta el archivo por un fallo de la tienda. Sigue siendo tuyo: vuelve más tarde o ponte en contacto con el comerciante.',
  },
  offer: {
    unavailable: 'Ahora mismo no está a la venta porque falta su archivo. Vuelve más tarde, por favor.',
    withdrawn: 'Esto ya no está a la venta.',
    ifBought: 'Si lo compraste, ábrelo en el navegador en el que lo compraste.',
    needsScript: 'Para pagar hace falta JavaScript. El resto del sitio funciona sin él.',
    stepsHeading: 'Paga con Code en tres pasos',
    steps: [
      'Pulsa el botón y escanea el código con la aplicación de Code. En un teléfono, la aplicación se abre sola.',
      'Aprueba el pago en la aplicación.',
    ],
    sandboxSteps: [
      'Pulsa el botón. Se abre una cartera de pruebas.',
      'Aprueba el pago. No se mueve dinero real.',
    ],
    wallet: {
      before: '¿Aún no tienes cartera? Consigue gratis la aplicación de Code para tu teléfono en ',
      after: '.',
    },
    sandboxWallet: {
      before: 'No hay que instalar nada. En una tienda real, la cartera es la aplicación de Code, de ',
      after: '.',
    },
    chooseCurrency: 'Moneda',
    currency: (name) => `La moneda es ${name}.`,
    chooseAmount: 'Elige un importe',
    anotherAmount: 'Otro importe',
    anotherAmountIn: (currency) => `Otro importe en ${currency}`,
    range: { before: 'De ', between: ' a ' },
    free: 'Gratis',
    getFree: 'Conseguirlo gratis',
    freePromise: 'No hace falta cartera',
    coupon: {
      ask: '¿Tienes un cupón?',
      label: 'Código del cupón',
      apply: 'Aplicar',
      remove: 'Quitar el cupón',
      unusable:
        'Este código no se puede usar aquí. Puede que esté mal escrito, caducado, agotado, reservado ahora mismo (para otras personas o por otro pedido tuyo que aún no está pagado) o destinado a otra cosa.',
      insteadOf: { before: 'En lugar de ', or: ' / ', between: ', con el cupón ', after: '.' },
      unchanged: (currencies) => `No rebaja el precio en ${currencies.join(', ')}.`,
    },
  },
  cancelled: {
    title: 'Cancelado',
    heading: 'No se te ha cobrado nada',
    closed: { before: 'Has cerrado o rechazado el pago de ', after: '.' },
    closedUnknown: 'Has cerrado o rechazado el pago.',
    late: 'Si al final se realiza, recibirás tu compra de todos modos.',
  },
  noCookies: {
    offer:
      'No se te ha cobrado nada. Este navegador no guarda cookies, así que perdería lo que compres. Permite las cookies de esta tienda o ábrela en otro navegador.',
    redeem:
      'Este navegador no guarda cookies, así que perdería tu compra. Permite las cookies de esta tienda o abre el enlace en otro navegador. El enlace sigue sirviendo.',
    reload: 'Recargar',
  },
  redeem: {
    wallet: {
      ...openOne,
      why: 'Tu cartera ha abierto esta página en un navegador distinto del que usaste para pedir. Pulsa el botón para abrir tu compra también aquí.',
      limits:
        'El enlace sirve hasta un día después del pago, en un máximo de tres navegadores además del que usaste para pedir.',
    },
    order: {
      ...openOne,
      why: 'El comerciante ha creado este enlace para ti. Pulsa el botón para abrir tu compra en este navegador.',
      limits: 'El enlace sirve durante un día desde que el comerciante lo creó, en un solo navegador.',
    },
    everything: {
      title: 'Abre todas tus compras aquí',
      heading: '¿Abrir todas tus compras aquí?',
      why: 'El comerciante ha creado este enlace para ti. Pulsa el botón para abrir todas tus compras en este navegador.',
      button: 'Abrirlas en este navegador',
      limits: 'El enlace sirve durante un día desde que el comerciante lo creó, en un solo navegador.',
    },
  },
  success: {
    confirmingTitle: 'Confirmando',
    confirming: 'Confirmando tu pago',
    forPrice: ' por ',
    waiting:
      'Esperamos a que Code confirme tu pago. Suele tardar unos segundos, y la página se actualizará sola.',
    checkAgain: 'Volver a comprobar',
    title: 'Pagado',
    heading: 'Pagado. Gracias.',
    freeTitle: 'Tuyo',
    freeHeading: 'Ya es tuyo.',
    missing: {
      before: 'Ahora mismo la página de ',
      after:
        ' no está disponible. Tu compra sigue siendo válida: vuelve más tarde o ponte en contacto con el comerciante.',
    },
    notBegun: { after: ' es tuyo y todavía no ha empezado.' },
    ended: {
      title: 'Acceso terminado',
      heading: 'Tu acceso ha terminado',
      before: 'El comerciante ha puesto fin a tu acceso a ',
      after: '. El recibo muestra lo que pagaste.',
      afterRefund: '. El recibo muestra lo que pagaste y lo que se te devolvió.',
    },
    expired: {
      title: 'Caducado',
      heading: 'Esta compra ha caducado',
      before: '',
      after: ' ha caducado. El recibo muestra su último día y lo que pagaste.',
    },
    heldOtherwise: {
      refunded: {
        title: 'Importe devuelto',
        heading: 'Se ha devuelto el importe de esta compra',
        before: 'Sigues teniendo ',
        after: ' gracias a otra compra. El recibo muestra lo que pagaste y lo que se te devolvió.',
      },
      ended: {
        title: 'Compra terminada',
        heading: 'Esta compra ha terminado',
        before: 'Sigues teniendo ',
        after: ' gracias a otra compra. El recibo muestra lo que pagaste.',
      },
    },
  },
  receipt: {
    heading: 'Recibo',
    of: (title) => `Recibo de ${title}`,
    print: 'Imprimir',
    for: 'Por',
    paid: 'Pagado',
    testMoney: ' (dinero de prueba)',
    listPrice: 'Precio normal',
    coupon: 'Cupón',
    refunded: 'Devuelto',
    refundedTax: 'Impuesto devuelto',
    lastRefund: 'Última devolución',
    on: 'Fecha',
    with: 'Con',
    intent: 'Code, intent ',
    from: 'De',
  },
  seller: { vatId: 'Número de IVA', taxNumber: 'Número fiscal' },
  window: {
    open: { before: 'Abierto hasta el final del día ', after: '.' },
    waiting: { before: 'Abierto desde el ', between: ' hasta el final del día ', after: '.' },
    over: { before: 'Terminó al final del día ', after: '.' },
    byPass: { before: 'Abierto con ', between: ' hasta el final del día ', after: '.' },
    covered: { before: 'Ya tienes todo esto abierto con ', between: ' hasta el final del día ', after: '.' },
    begins: { before: 'Tu pase empieza el ', after: '.' },
    zone: { before: ' (', after: ')' },
    endsSoon: plural(
      LANGUAGE,
      '{n, plural, one {Hoy es su último día.} many {Termina pronto: quedan # de días, contando hoy.} other {Termina pronto: quedan # días, contando hoy.}}',
    ),
    adds: plural(
      LANGUAGE,
      '{n, plural, one {Si lo compras, se suma # día a lo que tienes.} many {Si lo compras, se suman # de días a lo que tienes.} other {Si lo compras, se suman # días a lo que tienes.}}',
    ),
    addsNothing: 'Comprar también este no lo prolonga: sus días empiezan enseguida.',
    forGood: 'Comprarlo para siempre',
    term: 'Acceso',
  },
  apiKeys: {
    title: 'Claves de la API',
    lead: 'Lo que tus programas pueden llamar. Quien tenga una clave puede gastar tus llamadas: guárdala para ti.',
    none: 'Nada de lo que tienes en este navegador tiene una API.',
    left: (left, bought) => `Llamadas restantes: ${digits(left)} de ${digits(bought)}`,
    since: 'Clave creada: ',
    noKey: 'No hay ninguna clave.',
    make: 'Crear una clave',
    replace: 'Cambiar la clave',
    revoke: 'Anular la clave',
    replaceNote: 'Si cambias o anulas la clave, la actual deja de funcionar al instante.',
    yours: 'Tu clave. Solo se muestra una vez:',
    example: 'Úsala así:',
    otherKey:
      'Ya tienes una clave y sigue funcionando, así que no se ha creado otra. No se puede volver a mostrar: si no la guardaste, cámbiala.',
    link: 'Claves de la API',
  },
  purchases: {
    title: 'Mis compras',
    none: 'Todavía no has comprado nada en este navegador. Tus compras aparecerán aquí.',
    all: 'Todo lo que tienes en este navegador, lo más reciente primero.',
    part: 'Compras que tienes en este navegador, las más recientes primero. No caben todas en una página.',
    others: 'Otras compras',
    ended: 'Acceso terminado',
    missing:
      'Ahora mismo su página no está disponible. Tu compra sigue siendo válida: vuelve más tarde o ponte en contacto con el comerciante.',
    newest: 'Compras más recientes',
    older: 'Compras anteriores',
  },

  kinds: {
    article: {
      ...opensHere,
      label: (minutes) => `Artículo · ${minutes}`,
      gets: (moreWords, minutes) => `${moreWords}, aprox. ${minutes}`,
      heading: 'Lee el resto',
    },
    download: {
      ...opensHere,
      label: (extent) => `Descarga · ${extent}`,
      gets: (name, extent) => `${name} (${extent})`,
      instructions: (words) => `${words} sobre cómo usarlo`,
      heading: 'Consigue el archivo',
    },
    api: {
      label: 'API',
      gets: plural(LANGUAGE, '{n, plural, one {# llamada} many {# de llamadas} other {# llamadas}}'),
      heading: 'Para tus programas',
      promises: ['Una clave justo después del pago', 'Las llamadas sin usar no caducan'],
      lastStep: 'Eso es todo. Recibes tu clave en la página siguiente.',
      paid: {
        before: 'Has pedido ',
        after: '. En la página siguiente obtienes la clave y ves cuántas llamadas te quedan.',
        link: 'Obtener la clave',
      },
    },
    donation: {
      label: 'Donación',
      getsThanks: 'Un agradecimiento y un recibo, justo después del pago',
      getsReceipt: 'Un recibo, justo después del pago',
      heading: 'Da lo que quieras',
      promises: ['Sin cuenta', 'Tantas veces como quieras'],
      lastStep: 'Eso es todo. Tu recibo aparece aquí mismo.',
      paid: { before: 'Tu donación ha llegado: ', after: '.', link: 'Volver a su página' },
    },
    pass: {
      label: plural(
        LANGUAGE,
        '{n, plural, one {Pase · # día} many {Pase · # de días} other {Pase · # días}}',
      ),
      getsTagged: 'Todo lo que incluye, también lo que se añada mientras dure el pase',
      getsAll:
        'Todos los artículos y descargas de esta tienda, también los que se añadan mientras dure el pase',
      heading: 'Consigue el pase',
      promises: [
        'Empieza en cuanto pagas y termina por sí solo',
        'Cómpralo otra vez mientras dure y se suman los días',
        'No hace falta ninguna cuenta',
      ],
      lastStep: 'Eso es todo. Lo que incluye se abre en este navegador mientras dure.',
      paid: {
        before: '',
        after: ' es tuyo. Todo lo que incluye está abierto en este navegador.',
        link: 'Ir al pase',
      },
    },
  },

  scripts: {
    tipFrame: 'Botón para dar propina con Code',
    tipWindow: 'Propina con Code',
    tipThanks: 'Gracias por la propina.',
    tipCancelled: 'No se ha enviado ninguna propina.',
    tipFailed: 'La propina no llegó.',
    buttonFrame: 'Botón para pagar con Code',
    paymentFrame: 'Pago con Code',
    notCharged: 'No se te ha cobrado nada. {reason}',
    noButton: 'El botón de pago no se ha cargado. Comprueba tu conexión y recarga la página.',
    noWindow:
      'Esta vez no se te ha cobrado nada. La ventana de pago no se ha cargado: comprueba tu conexión e inténtalo de nuevo.',
    changed:
      'El precio o las condiciones han cambiado mientras esta página estaba abierta. No se te ha cobrado nada. Revisa la oferta nueva e inténtalo otra vez.',
    cancelled:
      'No se te ha cobrado nada. Si el pago se realiza al final, recibirás tu compra de todos modos.',
    paidBefore: 'Esta vez no se te ha cobrado nada. Ha llegado un pago tuyo anterior; míralo en Mis compras.',
    otherTab:
      'Este pedido está abierto en otra pestaña. Paga allí, o cierra esa pestaña e inténtalo aquí otra vez. No se te cobrará dos veces.',
    noPayment:
      'El tiempo para pagar ha terminado. Si ya has pagado, pulsa otra vez el botón: recibirás tu compra y no se te cobrará dos veces.',
    cutOff:
      'Se ha perdido la conexión con Code. Si ya has pagado, pulsa otra vez el botón: recibirás tu compra y no se te cobrará dos veces.',
    codeError:
      'La ventana de pago de Code ha informado de un error ({error}). Inténtalo otra vez: la tienda usa el mismo pedido, así que no se te puede cobrar dos veces.',
    notStarted: 'Esta página no ha podido iniciar el pago. Recárgala e inténtalo otra vez.',
    silent:
      'La tienda no ha respondido a tiempo. Inténtalo otra vez: usará el mismo pedido, así que no se te puede cobrar dos veces.',
    unreachable: 'No se puede acceder a la tienda. Comprueba tu conexión e inténtalo otra vez.',
    notTaken: 'La tienda no ha podido aceptar el pedido ({status}).',
    incomplete: 'La respuesta de la tienda estaba incompleta. Inténtalo otra vez dentro de un momento.',
    again: ' Inténtalo otra vez dentro de un momento.',
    againIn: {
      one: ' Inténtalo otra vez dentro de un segundo.',
      many: ' Inténtalo otra vez dentro de {wait} de segundos.',
      other: ' Inténtalo otra vez dentro de {wait} segundos.',
    },
    late: 'El pago todavía no ha llegado. Esta página seguirá esperando, pero también puedes cerrarla: cuando llegue el pago, tu compra se abrirá en este navegador. Si has pagado y no se abre, ponte en contacto con el comerciante.',
    amountSmall: 'El importe más pequeño es {from}.',
    amountLarge: 'El importe más grande es {to}.',
    amountEmpty: 'Escribe un importe de {from} a {to}.',
    amountAmbiguous:
      '«{typed}» podría significar dos importes. Quita el separador de millares o escribe dos decimales.',
    amountPrecise: '«{typed}» tiene más de dos decimales. Escríbelo así: {from}.',
    amountUnclear: '«{typed}» no es un importe. Escríbelo así: {from}.',
  },

  problem: {
    detail: (detail) => `${detail}.`,
    retryAfter: plural(
      LANGUAGE,
      ' {n, plural, one {Inténtalo otra vez dentro de un segundo.} many {Inténtalo otra vez dentro de # de segundos.} other {Inténtalo otra vez dentro de # segundos.}}',
    ),
    about: 'Sobre este problema',
    buyCalls: 'Comprar llamadas',
    contact: 'Puedes pedir ayuda aquí: ',
    code: {
      before: 'La tienda llama a este problema ',
      after: (status) => ` y responde con el estado HTTP ${status}.`,
    },
  },

  errors: {
    notSoldIn: (title, currencies) => `${title} no se vende en esa moneda, sino en ${currencies.join(', ')}`,
    withdrawn: (title) => `${title} ya no está a la venta`,
    noSuchPage: () => 'Esta lista no tiene esa página',
    noCallsBought: () =>
      'Aquí no hay ninguna compra para la que sirva una clave, o su pago todavía no ha llegado',
    amountNotWanted: (title) => `${title} tiene un precio fijo: pídelo sin «hundredths»`,
    amountOutside: (title, from, to, shown) =>
      `Para ${title}, «hundredths» debe ser un número entero de ${from} a ${to} (${shown.join(' a ')})`,
    couponUnusable: () =>
      'El cupón es desconocido, ha caducado, está agotado o reservado (por otras personas o por un pedido sin pagar de este comprador), o no es para este producto',
    notFree: (title) => `${title} no es gratis con este cupón`,
    alreadyYours: (title, path) => `Ya tienes ${title}: ${path}`,
    paidBefore: (title, path) =>
      `Ha llegado un pago tuyo anterior por ${title}, así que esta vez no se ha pedido nada. Para pedirlo otra vez, vuelve a intentarlo: ${path}`,
    nothingAt: (path) => `No hay nada en ${path}`,
    noProduct: (slug) => `No hay ningún producto llamado ${slug}`,
    noProblem: (code) => `No hay ningún problema llamado ${code}`,
    noPicture: (name) => `No hay ninguna imagen llamada ${name}`,
    faulty: (slug) => `El archivo de ${slug} tiene un error`,
    fileMissing: (name) => `Falta el archivo de ${name}`,
    fileMoved: () => 'El archivo acaba de cambiar de sitio',
    noFile: (title) => `${title} se lee en su página y no tiene archivo`,
    forSale: (title, path) => `${title} está a la venta en ${path}`,
    notHeld: () => 'Este navegador no tiene ese pedido',
    noSuchPart: () => 'La lista de compras no tiene esa página',
    cookieMissing: () => 'El navegador no ha enviado la cookie que ponen las páginas de esta tienda',
    redemptionCodeForm: () => 'Un código de canje son 32 dígitos hexadecimales',
    redemptionOfAnother: () => 'El código no es de este pedido',
    redemptionUsed: () =>
      'El enlace se ha usado en tantos navegadores como permite, tiene más de un día o el comerciante lo ha anulado',
    orderEnded: (title) =>
      `El pedido de ${title} en «unlessPaid» está pagado, pero el comerciante ha puesto fin a su acceso, así que no se ha pedido nada`,
    accessEnded: () => 'El comerciante ha puesto fin al acceso que daría este enlace',
    intentForm: () => 'El identificador de un intent es el texto en base58 de 32 bytes',
    wrongCodes: (perMinute) =>
      `Desde una dirección se pueden probar como máximo ${digits(perMinute)} códigos de cupón no válidos por minuto. Continúa sin cupón o inténtalo de nuevo dentro de un minuto`,
    rate: (perMinute, what) =>
      `Las solicitudes desde ${what === 'address' ? 'una dirección' : 'un navegador'} están limitadas a ${digits(perMinute)} por minuto`,
    ordersAtOnce: () =>
      'Otras páginas de este navegador han pedido otra cosa al mismo tiempo, una y otra vez',
    codeSilent: (ms) => `Code no ha respondido en ${digits(ms)} ms. Inténtalo otra vez`,
    codeSlow: (ms) => `Code ha tardado más de ${digits(ms)} ms. Inténtalo otra vez`,
    codeBroken: () =>
      'No se ha podido acceder a Code, o ha enviado una respuesta no válida. Inténtalo otra vez',
    codeEmpty: () =>
      'Code ha enviado una respuesta vacía y no tiene la solicitud de pago. Inténtalo otra vez',
    codePaused: () => 'Code ha fallado varias veces seguidas. Inténtalo otra vez dentro de unos segundos',
    codeRefused: () => 'Code ha rechazado la solicitud de pago. El motivo está en el registro de la tienda',
    codeForgot: () => 'Code ha aceptado la solicitud de pago, pero después no la tenía',
    paymentUnproven: () =>
      'Según Code, un intent de este pedido está pagado, pero la tienda no ha podido confirmar el pago',
    codeHasOthers: () => 'Para cada intent que se ha probado, Code ya tiene otros datos',
    priceRefused: () => 'Code no acepta este precio en este momento',
    database: () => 'La base de datos no está disponible',
    unexpected: (reference) => `Error inesperado. Si informas de él, indica la referencia ${reference}`,
  },

  problems: {
    'access-ended': {
      title: 'El comerciante ha puesto fin a este acceso',
      explanation:
        'Lo que se compró ya no se puede usar, y un enlace nuevo no lo cambiaría. Si tienes preguntas, ponte en contacto con el comerciante.',
    },
    'already-yours': {
      title: 'Ya lo tienes',
      explanation: 'Este navegador ya tiene el producto. Abre su página o mira en Mis compras.',
    },
    'amount-unpayable': {
      title: 'Code no acepta este precio',
      explanation:
        'El precio está ahora fuera de los límites que pone Code. Inténtalo más tarde, o ponte en contacto con el comerciante, que puede cambiarlo.',
    },
    'body-too-large': {
      title: 'La solicitud es demasiado grande',
      explanation: 'Cada dirección solo acepta los datos que necesita. No se ha guardado nada.',
    },
    'cookies-blocked': {
      title: 'Este navegador no guarda cookies',
      explanation:
        'Este navegador no guarda cookies, así que perdería lo que compres. No se te ha cobrado nada, y un enlace de tu cartera sigue sirviendo. Permite las cookies de esta tienda y recarga su página, o ábrela en otro navegador.',
    },
    'coupon-unusable': {
      title: 'Este cupón no se puede usar aquí',
      explanation:
        'No se te ha cobrado nada. Puede que el código esté mal escrito, caducado, agotado, reservado ahora mismo (para otras personas o por otro pedido tuyo que aún no está pagado) o destinado a otra cosa. Compruébalo, inténtalo más tarde o continúa sin él.',
    },
    'file-changed': {
      title: 'El archivo ha cambiado',
      explanation:
        'La descarga se interrumpió y el archivo ha cambiado desde entonces. Vuelve a empezar la descarga para obtener la versión actual.',
    },
    'intent-malformed': {
      title: 'No es un número de pedido válido',
      explanation:
        'Un pedido tiene su propio número o el identificador de su intent, que son 32 bytes en base58. Comprueba que has copiado la dirección completa y nada más.',
    },
    'intent-refused': {
      title: 'Code ha rechazado la solicitud de pago',
      explanation:
        'Code ha rechazado la solicitud de pago. Inténtalo otra vez dentro de un momento. Si se repite, ponte en contacto con el comerciante, que encontrará el motivo en el registro de la tienda. A menudo es la dirección de depósito.',
    },
    'method-not-allowed': {
      title: 'Método no permitido',
      explanation:
        'La dirección existe, pero no admite ese método HTTP. La cabecera Allow indica los métodos que admite.',
    },
    'no-longer-free': {
      title: 'Esto ya no es gratis',
      explanation:
        'El precio o el cupón ha cambiado. No se te ha cobrado nada. Abre la página del producto para ver cuánto cuesta ahora.',
    },
    'nothing-to-pay': {
      title: 'Esto no cuesta nada',
      explanation:
        'Con este cupón el producto es gratis, así que no hay nada que pagar. Consíguelo en su página.',
    },
    'order-not-found': {
      title: 'Este navegador no tiene ese pedido',
      explanation:
        'Un pedido solo se muestra en un navegador que lo ha hecho o canjeado. Ábrelo allí, o usa la dirección que abrió tu cartera después de pagar.',
    },
    'page-not-found': {
      title: 'Página no encontrada',
      explanation: 'No hay ninguna página en esta dirección. La portada muestra todo lo que está a la venta.',
    },
    'payment-required': {
      title: 'Esto está a la venta',
      explanation:
        'El archivo se abre en un navegador que lo ha comprado o canjeado. La página del producto muestra el precio y cómo pagar.',
    },
    'payment-unproven': {
      title: 'Un pago anterior aún no está confirmado',
      explanation:
        'Según Code, esto ya está pagado, pero la tienda no ha podido confirmar ese pago. Ponte en contacto con el comerciante, que puede encontrarlo y darte tu compra.',
    },
    'product-not-found': {
      title: 'Este producto no está a la venta',
      explanation:
        'Puede que el producto haya cambiado de nombre o se haya retirado. La portada muestra todo lo que está a la venta.',
    },
    'product-unavailable': {
      title: 'Este producto no está disponible por ahora',
      explanation:
        'A este producto le falta un archivo o tiene un error, así que no está a la venta hasta que se corrija. Si lo has pagado, es tuyo: ábrelo más tarde o ponte en contacto con el comerciante.',
    },
    'product-withdrawn': {
      title: 'Este producto ya no está a la venta',
      explanation:
        'El comerciante ha dejado de venderlo. No se te ha cobrado nada. Si lo compraste antes, sigue siendo tuyo: ábrelo en el navegador en el que lo compraste.',
    },
    'range-unsatisfiable': {
      title: 'El archivo no tiene esa parte',
      explanation: 'El rango pedido empieza después del final del archivo. Vuelve a empezar la descarga.',
    },
    'redemption-spent': {
      title: 'Este enlace ha caducado',
      explanation:
        'Un enlace de una cartera sirve hasta un día después del pago, en tres navegadores además del que usaste para pedir. Un enlace del comerciante sirve durante un día, en un solo navegador. Abre tu compra en un navegador que ya la tenga, o pide al comerciante un enlace nuevo.',
    },
    'redemption-unknown': {
      title: 'Este enlace no es válido',
      explanation:
        'El código de canje no es de este pedido. Comprueba que has copiado la dirección completa.',
    },
    'request-foreign': {
      title: 'La solicitud venía de otro sitio',
      explanation:
        'La tienda solo acepta pedidos y canjes desde sus propias páginas. Abre la tienda en su propia dirección e inténtalo otra vez. Si es esta, el comerciante debería comprobar PUBLIC_URL.',
    },
    'request-invalid': {
      title: 'La solicitud no es válida',
      explanation:
        'Un campo, un parámetro o una cabecera de la solicitud falta, es desconocido o no tiene la forma correcta. Corrígelo y vuelve a enviar la solicitud.',
    },
    'sequencer-down': {
      title: 'Code no responde',
      explanation:
        'Code ha fallado varias veces seguidas, así que la tienda espera unos segundos antes de volver a intentarlo. Tus compras siguen disponibles.',
    },
    'sequencer-failed': {
      title: 'Code no ha podido procesar la solicitud de pago',
      explanation:
        'Code ha enviado una respuesta no válida, o ninguna. Si se repite, ponte en contacto con el comerciante.',
    },
    'sequencer-silent': {
      title: 'Code no ha respondido a tiempo',
      explanation:
        'Code no ha respondido a tiempo. Si tu pedido ya está guardado, la tienda usa la misma solicitud de pago, así que no se te puede cobrar dos veces.',
    },
    'storage-unavailable': {
      title: 'La tienda no está disponible por ahora',
      explanation:
        'La base de datos de la tienda está ocupada, llena o inaccesible. Los pagos que ya se hicieron no se han perdido.',
    },
    'too-many-requests': {
      title: 'Demasiadas solicitudes',
      explanation: 'Ha habido demasiadas solicitudes en poco tiempo.',
    },
    unexpected: {
      title: 'Algo ha fallado en la tienda',
      explanation:
        'Ha ocurrido algo inesperado en la tienda. Inténtalo otra vez dentro de un momento. Si se repite, ponte en contacto con el comerciante, que puede encontrarlo en el registro por su referencia.',
    },
  },
}
