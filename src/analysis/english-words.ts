/**
 * English words that the rules of `stem-english.ts` would join to strangers, or fail to join to their own. Data alone. Each
 * group says why it is here. The words were found by reading the families of news, manuals, abstracts and encyclopedic
 * paragraphs whose members differ most; rare words whose stem is no other word are not worth a line.
 */

function wordsOf(...lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => line.split(' '));
}

/** Words that are their own stem. */
export const wholeWords: readonly string[] = wordsOf(
  // End in s and are no plurals of what stands before it.
  'news goods customs series species alias bias canvas atlas gas lens christmas pancreas chaos ethos cosmos kudos',
  'corps mars hamas athens wales isis',
  // End in -li or -ly without being adverbs.
  'israeli family emily',
  // Surnames and given names in s beside names without it.
  'williams roberts adams peters stevens richards edwards daniels evans collins phillips rogers matthews andrews lucas',
  'nicolas carlos marcos santos ramos jones hughes james charles thomas douglas dallas vegas texas laos soros',
  // End in -ing or -ed and are no forms of what stands before it.
  'evening during underlying morning ceiling herring sterling wedding pudding beijing hundred sacred wicked rugged embed mohammed ahmed',
  // End in -ly without being made of what stands before it, or with another meaning.
  'only early ugly hardly lately barely shortly likely unlikely mostly scarcely namely elderly beverly kimberly underly overly curly nightly expressly',
  // End in -ness, -ment, -er, -ful without being made of what stands before it, or with another meaning.
  'business witness harness wilderness governess highness department apartment compartment basement customer officer installment',
  'prisoner minister container stretcher hamburger christopher oliver cricketer commoner deserter together number handful however another director rather transfer',
  // Latin derivations that went ways of their own.
  'university universal universe relativity information international rational national convention exception edition publicity',
  'hospitality principality personality speciality critical presidency emergency constituency residency evidence incidence',
  'audience importance conservative initiative relative considerable vacation vocation foundation reservation',
  'notation formation audition conception contention recession procession succession accession secretion diversion objection',
  'conversion conviction compassion precision impression deposition transition affection competent reception capitaliz hospitaliz',
  'materializ merchantability importer content clinical musical classical optical periodical conventional sectional',
  'constitution institution attribution distribution execution executive commissioner condition position proportion section',
);

/** Word → the word whose stem it has. */
export const irregularForms: ReadonlyMap<string, string> = new Map([
  ...pairs('men man women woman children child feet foot teeth tooth geese goose mice mouse oxen ox'),
  ...pairs(
    'lives life wives wife knives knife wolves wolf leaves leaf halves half shelves shelf thieves thief calves calf',
  ),
  ...pairs('loaves loaf selves self scarves scarf hooves hoof elves elf buses bus busses bus gases gas quizzes quiz'),
  // Greek and Latin plurals; -ses of -sis is a rule.
  ...pairs('criteria criterion phenomena phenomenon indices index matrices matrix vertices vertex appendices appendix'),
  ...pairs(
    'vortices vortex axes axis stimuli stimulus fungi fungus nuclei nucleus alumni alumnus cacti cactus loci locus',
  ),
  ...pairs(
    'radii radius bacilli bacillus syllabi syllabus bacteria bacterium curricula curriculum memoranda memorandum',
  ),
  ...pairs(
    'minima minimum theses thesis crises crisis oases oasis strata stratum spectra spectrum genera genus larvae larva vertebrae vertebra formulae formula antennae antenna',
  ),
  ...pairs('corpora corpus foci focus schemata schema stigmata stigma automata automaton addenda addendum'),
  ...pairs('algae alga nebulae nebula alumnae alumna referenda referendum ova ovum quanta quantum maxima maximum'),
  // Plurals in -us and -is, which else are taken for words like virus and crisis.
  ...plurals('menus contextmenus cpus gpus tpus skus icus hindus zulus hutus gurus emus haikus tutus tofus'),
  ...plurals(
    'israelis iraqis saudis pakistanis nazis taxis tsunamis sunnis somalis thais kiwis wikis apis webapis uris',
  ),
  ...plurals(
    'skis alibis bikinis safaris houthis tutsis bahais emojis yetis zombis azerbaijanis kuwaitis yemenis omanis',
  ),
  ...plurals(
    'emiratis bangladeshis afghanis bengalis punjabis gandhis raptis tkis duis millis paparazzis origamis sushis',
  ),
  ['dying', 'die'],
  ['lying', 'lie'],
  ['tying', 'tie'],
  ['goes', 'go'],
  ...pairs('panicked panic panicking panic picnicked picnic picnicking picnic mimicked mimic mimicking mimic'),
  ...pairs('trafficked traffic trafficking traffic frolicked frolic frolicking frolic'),
  // Adverbs that lost a letter.
  ...pairs('really real truly true wholly whole duly due gently gentle fully full ably able simply simple amply ample'),
  ...pairs('nobly noble idly idle subtly subtle'),
]);

function pairs(words: string): [string, string][] {
  const list = words.split(' ');
  return list.flatMap((word, index) => (index % 2 === 0 ? [[word, list[index + 1] as string]] : []));
}

function plurals(words: string): [string, string][] {
  return words.split(' ').map((word) => [word, word.slice(0, -1)]);
}

/** Verbs in -e beside a noun without it: a unit is not united. All forms keep the e. */
export const verbsInE: readonly string[] = wordsOf('unite paste breathe bathe clothe secrete preside');

/** Other words in -e beside one without it: local and locale, as in cafe and caf(s). */
export const wordsInE: readonly string[] = wordsOf(
  'locale suite quite elite rationale aide premiere corpse humane inhumane morale finale marine borne caste farce vigilante',
  'attache severe secrete grande idle able guide maine clarke anne michele browne wolfe steele louise marie brooke greene',
  'denise justine nicole maxime hollande crowe cooke warne snowe locke foote charlie else statue artiste envelope urbane',
);

/** Nouns whose adjective is made by -ic and means no more than `of it`; organ and organic are not like that. Levelled. */
export const nounsInIc: readonly string[] = wordsOf(
  'algebra algorithm alphabet artist athlet atom bureaucrat democrat diplomat hero magnet photograph poet symbol volcan',
);

/** Verbs whose noun is made by -ation alone: adaptation is to adapt, while generation is to generate. Without final e. */
export const verbsInAtion: readonly string[] = wordsOf(
  'accus adapt admir affirm alter cancel cit compil comput condemn condens configur confirm conform confront conserv',
  'consider consult continu declar deform degrad deport depriv deriv destin determin document examin expect experiment',
  'exploit explor export ferment fix fragment imagin implement indent install interpret invit invoc lament limit',
  'manifest oblig observ orient permut perturb prepar present preserv prolong quot recit recommend reform refut relax',
  'represent resign restor segment starv supplement tax tempt transform transport usurp vari visit augment import combin',
);

/** Verbs whose noun is made by -ance or -ence; any other such noun goes with its adjective (independence, independent). */
export const verbsInAnce: readonly string[] = wordsOf(
  'accept adher appear assist assur attend clear coincid deliver differ disappear disturb avoid correspond exist govern guid insur interfer',
  'mainten occur perform persever prefer refer resembl resist utter',
);
