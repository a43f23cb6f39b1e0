import { requestWords } from './request-words.ts'
import type { FrameTexts, WalletTexts } from './types.ts'

/** What buyers see of the sandbox in Arabic, from right to left. */
export const frames: FrameTexts = {
  lang: 'ar',
  dir: 'rtl',
  verbs: { payment: 'ادفع', login: 'سجّل الدخول', tip: 'إكرامية' },
  title: (verb) => `${verb} بواسطة Code (تجربة)`,
  button: (verb) => `${verb} بواسطة Code`,
  testMoney: 'تجربة: نقود تجريبية فقط',
  sandbox: 'تجربة.',
  imitates: 'هذه محاكاة لـ Code. لا تُدفع أموال حقيقية.',
  close: 'أغلق',
  to: 'إلى',
  by: 'بطلب من',
  intent: 'المعرّف',
  user: 'مستخدم تجريبي',
  owner: (name, kin) => `${name}، ${kin} kin`,
  approve: 'وافق',
  reject: 'ارفض',
  sharesWith: 'تُعرف هويتك لدى',
  preparing: 'يُعدّ المتجر الطلب …',
  separate: 'المحفظة هنا صفحة مستقلة، كما أنها على الهاتف تطبيق مستقل.',
  openWallet: 'افتح المحفظة التجريبية',
  qr: 'رمز QR يفتح هذا الطلب في المحفظة التجريبية',
  scan: 'امسحه بهاتف لتوافق على الطلب أو ترفضه هناك، أو افعل ذلك هنا.',
  noScan: {
    before: 'لا تعرف بيئة التجربة عنوانًا تصل إليه الهواتف، فلا رمز لمسحه. للحصول عليه اضبط في المتجر ',
    between: ' على عنوان كهذا، مثل عنوان نفق (',
    after: ' لبيئة تجربة تعمل وحدها).',
  },
  approved: 'تمت الموافقة.',
  returning: 'العودة إلى المتجر …',
  back: 'العودة إلى المتجر',
  timeLeft: 'الوقت حتى يغلق Code الاتصال',
  left: { before: 'يغلق Code الاتصال بعد دقيقة: بقي ', after: ' ث.' },
  trace: 'السجل',
  inject: 'أحدث أعطالًا',
  tip: 'يُختار مبلغ الإكرامية في محفظة Code، ولا يعرفه أي خادم قبل ذلك. بيئة التجربة لا ترسل شيئًا.',
  said: {
    loginTo: 'تسجيل الدخول إلى {domain}',
    tipFor: 'إكرامية إلى @{username}',
    approving: 'تمت الموافقة. ننتظر تأكيد الخادم …',
    rejected: 'رُفض الطلب.',
    scanned: 'مُسح الرمز. تستطيع تلك المحفظة أيضًا أن توافق على الطلب أو ترفضه.',
    timedOut: 'لم يوافق أحد على الطلب ولم يرفضه خلال دقيقة، فأغلق Code الاتصال. ما زال دفعه ممكنًا.',
    closed: 'أغلق الخادم الاتصال. ما زال دفع الطلب ممكنًا.',
    noLogin: 'طلب تسجيل الدخول هذا غير موجود. لا ينشئه إلا الخادم الذي لديه مفتاح المتحقق.',
    unexplained: 'رفض الخادم الطلب دون ذكر سبب.',
    silent: 'لم يردّ الخادم خلال {seconds} ثوانٍ.',
    unreachable: 'تعذّر الوصول إلى الخادم.',
    sandboxUnreachable: 'تعذّر الوصول إلى بيئة التجربة.',
    sandboxAnswered: 'أجابت بيئة التجربة بالرقم {status}.',
  },
}

const { lang, dir, trace, inject } = frames

/** The page of the test wallet in Arabic, from right to left. */
export const wallet: WalletTexts = {
  lang,
  dir,
  layout: {
    name: 'بيئة تجربة Code',
    testMoney: 'نقود تجريبية فقط.',
    noRealMoney: 'لا تُدفع هنا أموال حقيقية.',
    sandbox: 'بيئة التجربة',
    requests: 'الطلبات',
    faults: 'الأعطال',
    disclaimer: 'تحاكي بيئة التجربة هذه خادم Code على حاسوبك. هي ليست Code ولا تنقل أي kin.',
  },
  actions: { back: 'العودة إلى هذا الطلب', all: 'جميع الطلبات وإشعارات webhook', trace, inject },
  request: requestWords(frames),
  pay: {
    title: (money) => `ادفع ${money}`,
    heading: 'المحفظة التجريبية',
    loginRequest: 'طلب تسجيل دخول',
    paymentRequest: 'طلب دفع',
    unverified: '، غير متحقَّق منه',
    verifier: 'المتحقق',
    fee: (share) => `يشمل رسمًا قدره ${share} إلى`,
    approved: (who, isLogin, hasWebhook) =>
      `${who ? `وافق ${who} على الطلب` : 'تمت الموافقة'}. ${isLogin ? 'تأكّد تسجيل الدخول' : 'النقود التجريبية في الطريق'}${hasWebhook ? '، وتصل إلى صاحب المتجر رسالة webhook بذلك' : ''}.`,
    another: 'العودة في متصفح آخر',
    anotherWhy:
      'تفتح المحفظة على الهاتف المتجر في متصفح الهاتف الافتراضي. قد لا يكون المتصفح الذي جئت منه، فلا تكون فيه ملفات تعريف الارتباط الخاصة به. لترى ما يحدث عندئذ، افتح هذا العنوان في متصفح آخر أو في نافذة خاصة، أو امسحه بهاتف. من لديه هذا الرابط يستطيع استلام الطلب، فاحتفظ به لنفسك.',
    qr: 'رمز QR لهذا العنوان',
    back: 'العودة إلى المتجر',
    rejected: 'رُفض الطلب. ليس هذا نهائيًا لدى Code، فما زلت تستطيع الموافقة عليه.',
    returnThere: 'العودة في متصفح آخر، كما قد تفعل المحفظة على الهاتف',
    topUpHeading: 'شحن رصيد',
    balanceOf: 'رصيد',
    kin: 'Kin',
    topUp: 'اشحن',
  },
  refusals: {
    title: 'غير ممكن',
    poor: (name, owned, needed) =>
      `لدى ${name} ${owned} kin، لكن هذا الدفع يحتاج إلى ${needed}. اشحن الرصيد أو اختر مستخدمًا آخر.`,
    decided: 'تمت الموافقة على هذا الطلب من قبل.',
  },
}
