/**
 * One query word → the dictionary terms that stand for it, each with its kind and weight. Only the word itself, its
 * stem family and, while it is being typed, what begins with it; other spellings only where the word is missing, or so
 * rare beside a similar one that it is probably a slip.
 */
import { stem } from '../analysis/stem.ts';
import { bareSyllable } from '../analysis/vietnamese.ts';
import type { Term } from '../domain/ids.ts';
import { limits } from '../domain/limits.ts';
import type { DocumentFrequency, MatchKind, PlannedTerm, TermGroup } from '../domain/plan.ts';
import type { TermDictionary, TermStatistics } from '../engine/engine.ts';
import { correctWord, isSpelled, type WordInQuery } from './correct-word.ts';
import type { RankedCorrection } from './rank-corrections.ts';

/**
 * What an occurrence of another form counts beside one of the word itself. Stems at 0.8, 0.9 and 1 gave nDCG@10 of
 * 0.369, 0.370, 0.368 on cisi, 0.497, 0.484, 0.485 on cacm and 0.921, 0.920, 0.920 on Wikinews headlines: 0.9 was not
 * fitted to the one that differs. Below exact so that the word as typed comes first. The other weights were not measured.
 */
export const kindWeights: Readonly<Record<MatchKind, number>> = {
  exact: 1,
  stem: 0.9,
  name: 0.85,
  synonym: 0.7,
  prefix: 0.5,
  fuzzy: 0.4,
};

export interface ExpandOptions {
  /** Whether words that begin with it count as well. */
  readonly isBeginning: boolean;
  /** Whether it may be a slip of the keyboard. */
  readonly correctsTypos: boolean;
  /** The other words of the query, which tell whether a word that is present is a slip. */
  readonly company: readonly Term[];
  /** Whether articles with the word are left out. Nothing is guessed then: `-kyev` must not hide what is about Kyiv. */
  readonly isExcluded: boolean;
}

export interface Expansion {
  readonly terms: readonly PlannedTerm[];
  readonly prefix: TermGroup['prefix'];
  /** The same terms and the most frequent completions, for people: strongest kind first, then most frequent. */
  readonly understood: readonly (TermStatistics & { readonly kind: MatchKind })[];
  /** Where all that begins with the word counts in full: what articles and paragraphs hold of it, added up. */
  readonly sums: DocumentFrequency | null;
  /** The spelling that was probably meant, where the word is missing or a slip. */
  readonly correction: Term | null;
}

type Found = TermStatistics & { readonly kind: MatchKind; readonly weight: number };

/**
 * What an occurrence counts of a Vietnamese word with other marks, or with none, where marks are typed: seldom the same
 * word, so that it only follows. Not measured.
 */
const otherMarksWeight = 0.25;

/** Completions that are named; all of them count. */
const namedCompletions = 8;

/** The word in full: its family, and whatever else the options allow. */
export async function expandWord(term: Term, dictionary: TermDictionary, options: ExpandOptions): Promise<Expansion> {
  const bare = bareSyllable(term);
  if (bare !== null) return expandMarked(term, dictionary, await expandBare(bare, dictionary, options));
  const exact = await findExact(term, dictionary);
  const relatives = (await findFamily(term, dictionary)).map((relative) => asKind(relative, 'stem'));
  const found = [...exact, ...relatives];
  const isPart = found.length === 0 && !options.isExcluded && isSpelled(term) && term.length >= shortestBeginning;
  const completions = options.isBeginning || isPart ? await findCompletions(term, dictionary, found) : [];
  const mayBecomeWord = options.isBeginning && completions.length > 0;
  const word = { term, articles: exact[0]?.articles ?? 0, relatives, completions, company: options.company };
  const isCorrected = options.correctsTypos && !options.isExcluded && !mayBecomeWord;
  const { corrections, suggestion } = isCorrected ? await findCorrections(word, dictionary) : notCorrected;
  return {
    sums: null,
    terms: planTerms([...found, ...corrections]),
    prefix: completions.length > 0 ? { prefix: term, weight: kindWeights.prefix } : null,
    understood: understand([...found, ...completions, ...corrections]),
    correction: suggestion,
  };
}

/** Nothing but the word itself is left out, and nothing is guessed beside it. */
async function expandBare(bare: Term, dictionary: TermDictionary, options: ExpandOptions): Promise<Expansion | null> {
  return options.isExcluded ? null : expandWord(bare, dictionary, { ...options, correctsTypos: false });
}

/** A Vietnamese word with its marks, and behind it what its bare form stands for. */
async function expandMarked(term: Term, dictionary: TermDictionary, bare: Expansion | null): Promise<Expansion> {
  const found = await findExact(term, dictionary);
  const others = (bare?.terms ?? []).filter((other) => other.term !== term);
  const light = others.map((other) => ({ ...other, kind: 'fuzzy' as const, weight: other.weight * otherMarksWeight }));
  const shown = (bare?.understood ?? []).filter((other) => other.term !== term);
  return {
    sums: bare?.sums ?? null,
    terms: [...planTerms(found), ...light].sort((a, b) => (a.term < b.term ? -1 : 1)),
    prefix: bare?.prefix ?? null,
    understood: understand([...found, ...shown.map((other) => asKind(other, 'fuzzy'))]),
    correction: null,
  };
}

/** A missing word from this length on is taken for the beginning of one. */
const shortestBeginning = 4;

/** The term alone, as phrases and `word*` want it; with `isBeginning` all that begins with it, counted in full. */
export async function expandExactly(term: Term, dictionary: TermDictionary, isBeginning: boolean): Promise<Expansion> {
  const bare = bareSyllable(term);
  if (bare !== null) return expandMarked(term, dictionary, await expandExactly(bare, dictionary, isBeginning));
  const found = await findExact(term, dictionary);
  const completions = isBeginning ? await findCompletions(term, dictionary, found) : [];
  return {
    sums: isBeginning ? (await dictionary.completions(term, 0)).sums : null,
    terms: planTerms(found),
    prefix: isBeginning ? { prefix: term, weight: kindWeights.exact } : null,
    understood: understand([...found, ...completions]),
    correction: null,
  };
}

async function findExact(term: Term, dictionary: TermDictionary): Promise<Found[]> {
  const [exact] = await dictionary.lookup([term]);
  return exact ? [asKind(exact, 'exact')] : [];
}

function asKind({ term, articles, paragraphs }: TermStatistics, kind: MatchKind, weight = kindWeights[kind]): Found {
  return { term, articles, paragraphs, kind, weight };
}

/**
 * The words that share the stem, in each language of the corpus whose articles hold the word; in all of them where it
 * is in none. So an English word does not pick up a German family that merely looks like its own.
 */
async function findFamily(term: Term, dictionary: TermDictionary): Promise<TermStatistics[]> {
  const stems = (await dictionary.languages()).flatMap((language) => {
    const found = stem(term, language);
    return found === null ? [] : [{ language, stem: found }];
  });
  const families = await dictionary.families(stems);
  const own = families.filter((family) => family.some((member) => member.term === term));
  const members = new Map((own.length > 0 ? own : families).flat().map((member) => [member.term, member]));
  members.delete(term);
  return [...members.values()].sort(byFrequency);
}

function byFrequency(a: TermStatistics, b: TermStatistics): number {
  return b.paragraphs - a.paragraphs || (a.term < b.term ? -1 : 1);
}

async function findCompletions(term: Term, dictionary: TermDictionary, found: readonly Found[]): Promise<Found[]> {
  const known = new Set(found.map((other) => other.term));
  const { terms } = await dictionary.completions(term, namedCompletions + known.size);
  return terms
    .filter((completion) => completion.term !== term && !known.has(completion.term))
    .slice(0, namedCompletions)
    .map((completion) => asKind(completion, 'prefix'));
}

/**
 * The weight of a correction. Where the word is missing it goes by the correction's probability, so that frequencies add up
 * to what is expected of the word that was meant; probabilities of 0.2, 0.5, 0.9 were right for 21, 41, 79 of 100
 * misspellings. Beside articles that hold the word as typed all corrections count little, so that these come first.
 */
function correctionWeight({ articles }: { readonly articles: number }, { probability }: RankedCorrection): number {
  if (articles > 0) return presentWeight;
  return kindWeights.fuzzy * Math.max(leastProbability, probability);
}

const presentWeight = 0.1;
const leastProbability = 0.25;

interface Corrections {
  readonly corrections: readonly Found[];
  /** The likeliest of them, where it is likelier than that nothing is misspelled. */
  readonly suggestion: Term | null;
}

const notCorrected: Corrections = { corrections: [], suggestion: null };

/** Corrections, likeliest first, with the family of the likeliest: who misspells a word wants its forms as well. */
async function findCorrections(
  { completions, ...word }: Omit<WordInQuery, 'completionArticles'> & { readonly completions: readonly Found[] },
  dictionary: TermDictionary,
): Promise<Corrections> {
  const completionArticles = mostArticles(completions);
  const { corrections, isSlip } = await correctWord({ ...word, completionArticles }, dictionary);
  const [best] = corrections;
  if (best === undefined) return notCorrected;
  const forms = await findFamily(best.term, dictionary);
  const frequent = forms.filter(({ articles }) => articles >= best.articles * formShare);
  const weighted = [
    ...corrections.map((correction) => ({ ...correction, weight: correctionWeight(word, correction) })),
    ...frequent.map((form) => ({ ...form, weight: kindWeights.stem * correctionWeight(word, best) })),
  ];
  const known = new Set<Term>([word.term, ...word.relatives.map(({ term }) => term)]);
  const added = weighted.filter(({ term }) => !known.has(term) && known.add(term)).slice(0, limits.corrections);
  // A form of the word as typed is looked for anyway: nobody needs to be asked for it.
  const isForm = word.relatives.some(({ term }) => term === best.term);
  const suggestion = isSlip && !isForm ? best.term : null;
  // Where all that begins with the word counts, a correction that begins with it counts no less.
  const isCompletion = (term: Term) => completions.length > 0 && term.startsWith(word.term);
  return {
    corrections: added.map(({ weight, ...added }) =>
      isCompletion(added.term) ? asKind(added, 'prefix') : asKind(added, 'fuzzy', weight),
    ),
    suggestion,
  };
}

/** Forms of a corrected word that are rarer than this share of it are mostly misspellings themselves. */
const formShare = 0.05;

function mostArticles(found: readonly TermStatistics[]): number {
  return found.reduce((most, { articles }) => Math.max(most, articles), 0);
}

/** Each term once, as the first of its kinds. */
function understand(found: readonly Found[]): Expansion['understood'] {
  const first = new Map<Term, Expansion['understood'][number]>();
  for (const { weight: _, ...term } of found) if (!first.has(term.term)) first.set(term.term, term);
  return [...first.values()];
}

function planTerms(found: readonly Found[]): PlannedTerm[] {
  return found.map(({ term, kind, weight }) => ({ term, kind, weight })).sort((a, b) => (a.term < b.term ? -1 : 1));
}
