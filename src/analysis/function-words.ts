/**
 * Function words per language: articles, prepositions, pronouns, auxiliaries, conjunctions and question words. They make
 * a third to a half of any running text and say next to nothing of its subject. A query weighs them little beside its
 * other words, a misspelling is not corrected to one, and the build tells the language of a text by the commonest.
 */
import { normalizeWord } from './normalize-word.ts';
import { markedSyllable } from './vietnamese.ts';

interface Lists {
  /**
   * The commonest, which tell a language from others in its script. Without single consonants (Czech `s`, Polish `z`):
   * in English titles they are initials and variables.
   */
  readonly common: string;
  /** Rarer ones, or such as tell nothing about the language. */
  readonly further: string;
  /**
   * Common ones that can be what somebody looks for: negations, and the words whose folded form is a content word (French
   * `été`, Portuguese `são` of São Paulo).
   */
  readonly telling?: string;
}

const lists: Readonly<Record<string, Lists>> = {
  en: {
    common:
      'the of and to in a is that for was on with as are by from at this which or be it an not have has had his were its their but they we can between',
    further:
      'i me my you your he him she her our them these those there been being am do does did will would shall should could might must what who whom whose when where why how if than then so such about into during through upon until while because',
    telling: 'not',
  },
  de: {
    common:
      'der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum zur war haben wurde',
    further:
      'ich du wir ihr mich mir dich dir uns euch ihm ihn ihnen ihre ihrer ihrem ihren sein seine seiner seinem seinen eines oder aber denn weil wenn ob dann vom ins ans beim durch vor bis gegen zwischen unter sei bin bist waren worden wurden hatte hatten habe kann können soll muss was wer wem wen wessen wo wann warum wieso wohin woher welche welcher welches welchem welchen dieser diese dieses diesem diesen man daß',
    telling: 'nicht',
  },
  fr: {
    common:
      'de la le et les des en du une que est pour qui dans par plus pas au sur ne se ce il sont aux avec son cette ou été comme leur un à a ont mais',
    further:
      'je tu elle nous vous ils elles on me te lui y leurs mon ma mes ton ta tes sa ses notre votre nos vos ces cet cela ça si car donc où quand comment pourquoi quoi quel quelle quels quelles dont lequel laquelle ai as avons avez avait avaient être était étaient sera fut suis sommes êtes entre vers chez sans sous l d qu',
    telling: 'pas ne été plus',
  },
  es: {
    common:
      'de la que el en y los del las por con una su para es al lo como más pero sus le ha este fue está un a se no entre sobre',
    further:
      'yo tú él ella nosotros ellos ellas me te nos les mi mis tu tus o u e si porque cuando donde quien quienes cual cuales cuyo cuya qué cómo cuándo dónde cuánto cuánta cuántos cuántas esta esto estos estas ese esa eso esos esas ser son era eran fueron sido soy somos estar están han había hay unos unas desde hasta ante',
    telling: 'no más',
  },
  it: {
    common:
      'di e il che per è un del con non una si da dei al alla nel sono gli lo come più anche ha delle della la i le in a nella dal',
    further:
      'io tu lui lei noi voi loro mi ti ci vi ne se o ma ed ad dello degli allo ai agli alle nello nei negli nelle dallo dalla dai dagli dalle sul sullo sulla sui sugli sulle col uno su tra fra essere era erano fu stato stata stati state sia ho hai hanno abbiamo aveva avevano questo questa questi queste quello quella quelli quelle suo sua suoi sue chi cosa quando dove perché quale quali cui quanto quanta quanti quante l d un dell all nell sull dall',
    telling: 'non più',
  },
  pt: {
    common:
      'de que do da em um para é com não uma os no se na por mais as dos como mas foi ao das tem à seu sua ou ser o a e pelo são',
    further:
      'eu tu ele ela nós eles elas me te lhe lhes nos nas aos às num numa pela pelos pelas seus suas meu minha este esta estes estas esse essa isso isto aquele aquela era eram foram está estão ter têm há havia porque quando onde quem qual quais cujo cuja quanto quanta quantos quantas entre até sobre desde',
    telling: 'não mais são',
  },
  ca: {
    common: 'de la el els que en i a les del per amb una és un no al dels com més es va seva ha aquest però també per',
    further:
      'jo tu ell ella o si quan on qui què quin quina quins quines seu seus seves són era estat aquesta als pel pels l d',
    telling: 'no més',
  },
  ro: {
    common: 'de și în la a cu pe din că nu este o un care pentru mai au fost sau se lui ce prin după sunt cea cel',
    further:
      'eu tu el ea noi voi ei ele al ale ai ca să si dar era erau am are cine când unde cum cât câte unei unui iar spre',
    telling: 'nu',
  },
  ja: { common: '', further: 'は が の を に へ と で も や か' },
  zh: { common: '', further: '的 了 是 在 和 与 有 也 都 就 这 那 吗 呢' },
  nl: {
    common:
      'de het een van in dat is op te zijn voor met die niet aan er om ook als dan maar bij uit door naar heeft worden over wordt en werd',
    further:
      'ik jij je hij zij ze wij we jullie u hem haar hen hun mij me ons onze mijn jouw uw of want omdat dus tot tussen onder deze dit was waren werden ben bent had hadden hebben kan kunnen zal zullen moet wat wie waar wanneer waarom hoe welk welke wiens',
    telling: 'niet',
  },
  sv: {
    common: 'och att det som en på är av för med till den har inte om ett de var så från vid men sig nu efter i kan',
    further:
      'jag du han hon vi ni dem mig dig oss honom henne hans hennes dess deras min mitt mina din ditt dina sin sitt sina eller när där här vad vem vilken vilket vilka hur varför vars ut mot genom mellan under hade vara varit blev bli skall ska kunde detta denna dessa då',
    telling: 'inte',
  },
  da: {
    common:
      'og at det som en på er af for med til den har ikke om et de var så fra ved men sig efter blev kan i hvor også nogle',
    further:
      'jeg du han hun vi dem mig dig os hans hendes dets deres min mit mine din sin sit sine eller når der her hvad hvem hvilken hvilket hvilke hvordan hvorfor mellem under havde være været skal ville denne dette disse',
    telling: 'ikke',
  },
  no: {
    common:
      'og at det som en på er av for med til den har ikke om et de var så fra ved men seg etter ble kan i hvor også noen',
    further:
      'jeg du han hun vi dem meg deg oss hans hennes dets deres min mitt mine din sin sitt sine eller når der her hva hvem hvilken hvilket hvilke hvordan hvorfor mellom under hadde være vært skal ville denne dette disse',
    telling: 'ikke',
  },
  pl: {
    common: 'i na do się jest to nie że jak po za od przez dla są oraz przy które tym był a ze już',
    further:
      'w z o u k ja ty on ona ono my wy oni mnie mi cię go mu jej ich im nas was ten ta te tego tej tych być była było były ma lub ale czy kto co kiedy gdzie dlaczego jaki jaka jakie który która którego której których oraz ku',
    telling: 'nie',
  },
  cs: {
    common: 'a na se je že do to i za pro jako které by ve po od si jsou nebo byl která při jsem bylo aby jeho',
    further:
      's v z k o u já ty on ona my vy oni mě mi ho mu jí jich jim nás vás ten ta tento tato toto být byla byli ale kdo co kdy kde proč jak jaký jaká jaké který jejich její ze ke',
  },
  id: {
    common: 'yang dan di dari untuk dengan ini itu pada dalam tidak adalah akan oleh ke sebagai juga telah bisa karena',
    further:
      'saya anda kamu dia ia kami kita mereka atau tetapi jika maka apa siapa kapan mana mengapa bagaimana sebuah para',
    telling: 'tidak',
  },
  tr: {
    common: 've bir bu da de için ile olarak olan daha gibi çok en sonra kadar ise ancak ne her',
    further: 'ben sen o biz siz onlar şu ya veya ama ki mi mı mu mü kim nerede neden niçin nasıl hangi kaç idi oldu',
    telling: 'çok sonra daha',
  },
  fi: {
    common: 'ja on ei että se oli hän mutta myös kuin joka sen ovat tai niin hänen ole jotka kun sekä',
    further:
      'minä sinä me te he ne tämä tuo nämä jos koska vaan olla olivat ollut mikä mitä kuka missä milloin miksi miten',
    telling: 'ei',
  },
  hu: {
    common: 'az és hogy nem egy meg volt ez csak már még mint vagy ki lesz ezt amely után',
    further: 'a én te ő mi ti ők de ha mert van voltak aki ami mit hol mikor miért hogyan melyik azt',
    telling: 'nem után',
  },
  ru: {
    common:
      'и в не на что он с как это по но из за для о от то к у был его так же все было были бы была при до или также который после',
    further:
      'я ты она оно мы вы они меня мне тебя тебе ему ей ею их им ими нас нам вас вам себя мой твой наш ваш свой свою своей своего своих этот эта эти этого этой этих этом тот та те того той тех том а ли чтобы если когда где куда откуда почему зачем кто кого кому кем чего чему чем какой какая какое какие каком которая которое которые которого которой которых котором во со ко об обо под над между через без про быть есть будет сколько',
    telling: 'не все после',
  },
  uk: {
    common: 'і в не на що з як це та до за для про від у був його так же все було були або після який але й є їх',
    further:
      'я ти він вона воно ми ви вони мене мені тебе тобі йому її їй їм ними нас нам вас вам себе мій твій наш ваш свій свою своєї свого своїх цей ця ці цього цієї цих цій цьому цим той та те ті того тієї тих а чи щоб якщо коли де куди звідки чому навіщо хто кого кому ким чого чому чим яка яке які якого якої яких із зі зо по під над між через без при бути була буде скільки',
    telling: 'не все після',
  },
  be: {
    common: 'і ў не на што з як гэта да за для пра ад у быў яго так або пасля які але',
    further:
      'я ты ён яна яно мы вы яны мне табе яму ёй іх ім нас вас сябе гэты гэтая гэтыя той тая тыя а ці каб калі дзе чаму хто якая якое якія была былі было',
    telling: 'не пасля',
  },
  bg: {
    common: 'и в не на че се за от да с по са е как или като това след който но до при',
    further:
      'а аз ти той тя то ние вие те ме го му ѝ им ни ви си ли със във към ще би беше бяха този тази тези какво кой коя кое кои къде кога защо която което които',
    telling: 'не след',
  },
  mk: {
    common: 'и во не на да се за од со по е како или што кој но до при беше',
    further:
      'а јас ти тој таа тоа ние вие тие го му им ги ли кон ќе би беа овој оваа овие која кое кои каде кога зошто',
    telling: 'не',
  },
  sr: {
    common: 'и у не на да се за од са по је као или што који али до при су',
    further:
      'а ја ти он она оно ми ви они га му јој их им ли о ће би био била било овај ова ово ко где када зашто која које како',
    telling: 'не',
  },
  el: {
    common: '',
    further:
      'ο η το οι τα του της των τον την τους τις στο στη στην στον στους στις στα και να θα με σε για από που πως πώς τι ποιος ποια ποιο ποιοι ποιες πού πότε γιατί είναι ήταν έχει έχουν είχε ένα ένας μια μία ως κατά ή αν αλλά',
  },
  ar: {
    common: '',
    further:
      'في من على إلى عن مع هذا هذه ذلك تلك التي الذي الذين أن إن كان كانت هو هي هم ما ماذا متى أين كيف لماذا أو ثم قد',
  },
  he: {
    common: '',
    further: 'של את על עם אל הוא היא הם הן אני זה זאת זו אשר כי או גם אם מה מי מתי איפה איך למה היה היתה היו בין',
  },
  fa: {
    common: '',
    further: 'و در به از که این آن را با برای است بود شد شده می های ها یک تا بر یا چه چرا چگونه کجا کی',
  },
  hi: {
    common: '',
    further: 'का की के में है हैं को से और पर ने यह वह इस उस था थी थे एक कि जो या तो क्या कौन कब कहाँ क्यों कैसे',
  },
  vi: {
    common: '',
    further:
      'và của là các có được trong cho với một những này đã để từ khi ở đến về như đó cũng theo thì mà hay hoặc bởi gì ai nào đâu sao tại',
  },
};

/** ISO 639-1 codes of the languages whose commonest function words are known, and these words as they are written, in lower case. */
export const commonFunctionWords: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(lists)
    .filter(([, { common }]) => common !== '')
    .map(([language, { common }]) => [language, new Set(common.split(' '))]),
);

const functionWords: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(lists).map(([language, list]) => [language, foldLists(list)]),
);

const tellingWords: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(lists).map(([language, { telling = '' }]) => [
    language,
    new Set(telling.split(' ').map(normalizeWord)),
  ]),
);

/** By folded form: a content word that only an accent tells from a function word is one with it. */
function foldLists({ common, further, telling = '' }: Lists): ReadonlySet<string> {
  const words = `${common} ${further}`.trim().split(' ');
  const folded = new Set<string>(words.map(normalizeWord));
  // Vietnamese ones are indexed with their marks as well.
  for (const word of words) folded.add(markedSyllable(word) ?? normalizeWord(word));
  for (const word of telling.split(' ')) folded.delete(normalizeWord(word));
  return folded;
}

/**
 * Tells whether a term, as it is indexed, is a function word of a language (ISO 639-1; one without a list has none).
 * Without a language: of any, so that German `war` and `die` are function words too. Name the languages of the corpus
 * wherever that matters.
 */
export function isFunctionWord(term: string, language: string | null = null): boolean {
  if (language !== null) return functionWords.get(language)?.has(term) ?? false;
  for (const words of functionWords.values()) if (words.has(term)) return true;
  return false;
}

/**
 * Tells whether a term is a common word of a language that can be what somebody looks for, like a negation: no function
 * word, but what makes no query one of content words (`to be or not to be`).
 */
export function isTellingWord(term: string, language: string): boolean {
  return tellingWords.get(language)?.has(term) ?? false;
}
