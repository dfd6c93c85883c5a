/**
 * One query word → the dictionary terms that stand for it, each with its kind and weight. Only the word itself, its
 * stem family and, while it is being typed, what begins with it; other spellings only where the word is missing, or so
 * rare beside a similar one that it is probably a slip.
 */
import { stem } from '../analysis/stem.ts';
import { bareSyllable } from '../analysis/vietnamese.ts';
import type { Term } from '../domain/ids.ts';
import { limits } from '../domain/limits.ts';
import type { MatchKind, PlannedTerm, TermGroup } from '../domain/plan.ts';
import type { TermDictionary, TermStatistics } from '../engine/engine.ts';

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
  /** Whether articles with the word are left out. Nothing is guessed then: `-kyev` must not hide what is about Kyiv. */
  readonly isExcluded: boolean;
}

export interface Expansion {
  readonly terms: readonly PlannedTerm[];
  readonly prefix: TermGroup['prefix'];
  /** The same terms and the most frequent completions, for people: strongest kind first, then most frequent. */
  readonly understood: readonly (TermStatistics & { readonly kind: MatchKind })[];
  /** The spelling that was probably meant, where the word is missing or a slip. */
  readonly correction: Term | null;
}

type Found = TermStatistics & { readonly kind: MatchKind };

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
  const [exact] = await dictionary.lookup([term]);
  const found: Found[] = exact ? [{ ...exact, kind: 'exact' }] : [];
  for (const relative of await findFamily(term, dictionary)) found.push({ ...relative, kind: 'stem' });

  const articles = found.reduce((most, { articles: held }) => Math.max(most, held), 0);
  const isPart = articles === 0 && !options.isExcluded && isSpelled(term) && term.length >= shortestBeginning;
  const completions = options.isBeginning || isPart ? await findCompletions(term, dictionary, found) : [];
  const mayBeSlip = options.correctsTypos && !options.isExcluded && completions.length === 0;
  const corrections = mayBeSlip ? await findCorrections(term, dictionary, articles) : [];
  return {
    terms: planTerms([...found, ...corrections]),
    prefix: completions.length > 0 ? { prefix: term, weight: kindWeights.prefix } : null,
    understood: [...found, ...completions, ...corrections],
    correction: corrections[0]?.term ?? null,
  };
}

/** Nothing but the word itself is left out, and nothing is guessed beside it. */
async function expandBare(bare: Term, dictionary: TermDictionary, options: ExpandOptions): Promise<Expansion | null> {
  return options.isExcluded ? null : expandWord(bare, dictionary, { ...options, correctsTypos: false });
}

/** A Vietnamese word with its marks, and behind it what its bare form stands for. */
async function expandMarked(term: Term, dictionary: TermDictionary, bare: Expansion | null): Promise<Expansion> {
  const [exact] = await dictionary.lookup([term]);
  const found: Found[] = exact ? [{ ...exact, kind: 'exact' }] : [];
  const others = (bare?.terms ?? []).filter((other) => other.term !== term);
  const light = others.map((other) => ({ ...other, kind: 'stem' as const, weight: other.weight * otherMarksWeight }));
  const shown = (bare?.understood ?? []).filter((other) => other.term !== term);
  return {
    terms: [...planTerms(found), ...light].sort((a, b) => (a.term < b.term ? -1 : 1)),
    prefix: bare?.prefix ?? null,
    understood: [
      ...found,
      ...shown.map((other) => (other.kind === 'exact' ? { ...other, kind: 'stem' as const } : other)),
    ],
    correction: null,
  };
}

/** A missing word from this length on is taken for the beginning of one. */
const shortestBeginning = 4;

/** The term alone, as phrases and `word*` want it; with `isBeginning` all that begins with it, counted in full. */
export async function expandExactly(term: Term, dictionary: TermDictionary, isBeginning: boolean): Promise<Expansion> {
  const bare = bareSyllable(term);
  if (bare !== null) return expandMarked(term, dictionary, await expandExactly(bare, dictionary, isBeginning));
  const [exact] = await dictionary.lookup([term]);
  const found: Found[] = exact ? [{ ...exact, kind: 'exact' }] : [];
  const completions = isBeginning ? await findCompletions(term, dictionary, found) : [];
  return {
    terms: planTerms(found),
    prefix: isBeginning ? { prefix: term, weight: kindWeights.exact } : null,
    understood: [...found, ...completions],
    correction: null,
  };
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
    .map((completion) => ({ ...completion, kind: 'prefix' }));
}

/**
 * A word in at most this many articles is a probable slip if one that differs by an edit is in `slipRatio` times as many.
 * By two edits too many right words, mostly names, were taken for slips: nDCG@10 was 0.693 instead of 0.695 on scifact,
 * 0.379 instead of 0.380 on cisi.
 */
const slipArticles = 2;
const slipRatio = 50;

async function findCorrections(term: Term, dictionary: TermDictionary, articles: number): Promise<Found[]> {
  if (articles > slipArticles) return [];
  const most = editsAllowed(term);
  const similar = await findNearest(term, dictionary, articles === 0 ? most : Math.min(most, 1));
  return similar
    .filter((other) => other.articles >= articles * slipRatio)
    .map(({ edits: _, ...other }) => ({ ...other, kind: 'fuzzy' }));
}

/** Those with the fewest edits. Most slips are a single one, which is found in a fifth of the time of two. */
async function findNearest(
  term: Term,
  dictionary: TermDictionary,
  most: number,
): ReturnType<TermDictionary['similar']> {
  for (let edits = 1; edits <= most; edits++) {
    const similar = await dictionary.similar(term, edits, limits.corrections);
    if (similar.length > 0) return similar;
  }
  return [];
}

function editsAllowed(term: Term): 0 | 1 | 2 {
  if (!isSpelled(term) || term.length < 3) return 0;
  return term.length < 6 ? 1 : 2;
}

/** Only plain words have misspellings and endings: a number or a pair of characters with an edit is another one. */
function isSpelled(term: Term): boolean {
  return /^[\p{L}\p{M}]+$/u.test(term) && !unspacedLetter.test(term);
}

const unspacedLetter =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

function planTerms(found: readonly Found[]): PlannedTerm[] {
  return found
    .map(({ term, kind }) => ({ term, kind, weight: kindWeights[kind] }))
    .sort((a, b) => (a.term < b.term ? -1 : 1));
}
