/**
 * The commonest small words of languages that share a script with others. They make a third to a half of any running
 * text, which tells the language of a few lines better than letter sequences do. Single consonants (Czech `s`, Polish
 * `z`) are missing: in English titles they are initials and variables. Used by `detect-language.ts` alone.
 */
const lists: Readonly<Record<string, string>> = {
  en: 'the of and to in a is that for was on with as are by from at this which or be it an not have has had his were its their but they we can between using',
  de: 'der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum zur war haben wurde',
  fr: 'de la le et les des en du une que est pour qui dans par plus pas au sur ne se ce il sont aux avec son cette ou été comme leur un à a ont mais',
  es: 'de la que el en y los del las por con una su para es al lo como más pero sus le ha este fue está un a se no entre sobre',
  it: 'di e il che per è un del con non una si da dei al alla nel sono gli lo come più anche ha delle della la i le in a nella dal',
  pt: 'de que do da em um para é com não uma os no se na por mais as dos como mas foi ao das tem à seu sua ou ser o a e pelo são',
  ca: 'de la el els que en i a les del per amb una és un no al dels com més es va seva ha aquest però també per',
  ro: 'de și în la a cu pe din că nu este o un care pentru mai au fost sau se lui ce prin după sunt cea cel',
  nl: 'de het een van in dat is op te zijn voor met die niet aan er om ook als dan maar bij uit door naar heeft worden over wordt en werd',
  sv: 'och att det som en på är av för med till den har inte om ett de var så från vid men sig nu efter i kan',
  da: 'og at det som en på er af for med til den har ikke om et de var så fra ved men sig efter blev kan i hvor også nogle',
  no: 'og at det som en på er av for med til den har ikke om et de var så fra ved men seg etter ble kan i hvor også noen',
  pl: 'i na do się jest to nie że jak po za od przez dla są oraz przy które tym był a ze już',
  cs: 'a na se je že do to i za pro jako které by ve po od si jsou nebo byl která při jsem bylo aby jeho',
  id: 'yang dan di dari untuk dengan ini itu pada dalam tidak adalah akan oleh ke sebagai juga telah bisa karena',
  tr: 've bir bu da de için ile olarak olan daha gibi çok en sonra kadar ise ancak ne her',
  fi: 'ja on ei että se oli hän mutta myös kuin joka sen ovat tai niin hänen ole jotka kun sekä',
  hu: 'az és hogy nem egy meg volt ez csak már még mint vagy ki lesz ezt amely után',
  ru: 'и в не на что он с как это по но из за для о от то к у был его так же все было были бы была при до или также который после',
  uk: 'і в не на що з як це та до за для про від у був його так же все було були або після який але й є їх',
  be: 'і ў не на што з як гэта да за для пра ад у быў яго так або пасля які але',
  bg: 'и в не на че се за от да с по са е как или като това след който но до при',
  mk: 'и во не на да се за од со по е како или што кој но до при беше',
  sr: 'и у не на да се за од са по је као или што након који али до при су',
};

const wordSets = Object.entries(lists).map(([language, words]) => ({ language, words: new Set(words.split(' ')) }));

/** The languages whose small words are known here. */
export const functionWordLanguages: ReadonlySet<string> = new Set(Object.keys(lists));

/** Per language, which share of the words (in lower case) are its small words, 0 to 1. Languages without any are left out. */
export function functionWordShares(words: readonly string[]): Map<string, number> {
  const shares = new Map<string, number>();
  for (const set of wordSets) {
    const count = words.filter((word) => set.words.has(word)).length;
    if (count > 0) shares.set(set.language, count / words.length);
  }
  return shares;
}
