/**
 * A query word → the words that it is a misspelling of. Finds candidates by a walk over the dictionary and lets
 * `rank-corrections.ts` choose. The rules of what is no misspelling stand here.
 */
import { isFunctionWord } from '../analysis/function-words.ts';
import type { Term } from '../domain/ids.ts';
import type { SimilarOptions, TermDictionary, TermStatistics } from '../engine/engine.ts';
import { compareCompany } from './keep-company.ts';
import { type RankedCorrection, type RankedCorrections, rankCorrections, type TypedWord } from './rank-corrections.ts';

export interface WordInQuery extends Omit<TypedWord, 'hasRelatives'> {
  readonly term: Term;
  /** Words of its stem, which are looked for anyway. */
  readonly relatives: readonly TermStatistics[];
  /** The other words of the query. */
  readonly company: readonly Term[];
}

const none: RankedCorrections = { corrections: [], isSlip: false };

/** Words of fewer letters are not corrected; of exactly so many, by one edit. */
const shortest = 4;

/** Words of fewer letters are not corrected to function words, and by two edits to frequent words only: `theme` is not `here`. */
const leastLong = 6;

/** What the walk gives for ranking, by frequency: a rarer candidate is never the likeliest of so many. */
const mostCandidates = 200;

/**
 * A word that articles hold may be a slip where it is in no more than so many of them, or than one of a thousand, and only
 * of a word in at least so many. So frequent words cost no walk, and rare ones a walk over the frequent words alone.
 */
const slipArticles = 2;
const slipShare = 0.001;
const leastCorrectArticles = 16;

/** Very rare words with two edits are not likelier than what one edit finds, whatever that is. */
const leastFarArticles = 4;

/** The likely corrections of a word, the likeliest first; none where it is most likely what was meant. */
export async function correctWord(word: WordInQuery, dictionary: TermDictionary): Promise<RankedCorrections> {
  if (!isSpelled(word.term) || word.term.length < shortest) return none;
  return word.articles === 0 ? correctMissing(word, dictionary) : correctPresent(word, dictionary);
}

async function correctMissing(word: WordInQuery, dictionary: TermDictionary): Promise<RankedCorrections> {
  const nearest = await findCandidates(word, dictionary, { maxEdits: 1, leastArticles: 1 });
  const ranked = rank(word, nearest);
  if (word.term.length === shortest || !isUnlikely(ranked, (await dictionary.size()).articles)) return ranked;
  const leastArticles = nearest.length > 0 || word.term.length < leastLong ? leastFarArticles : 1;
  const farther = await findCandidates(word, dictionary, { maxEdits: 2, leastArticles });
  return rank(word, [...nearest, ...farther.filter(({ edits }) => edits > 1)]);
}

async function correctPresent(word: WordInQuery, dictionary: TermDictionary): Promise<RankedCorrections> {
  if (word.articles > Math.max(slipArticles, slipShare * (await dictionary.size()).articles)) return none;
  const options = { maxEdits: 1, leastArticles: leastCorrectArticles };
  const ranked = rank(word, await findCandidates(word, dictionary, options));
  const corrections = await keepInCompany(word, ranked.corrections, dictionary);
  return { corrections, isSlip: corrections.length > 0 };
}

function rank(word: WordInQuery, candidates: readonly TermStatistics[]): RankedCorrections {
  return rankCorrections({ ...word, hasRelatives: word.relatives.length > 0 }, candidates);
}

async function findCandidates(
  word: WordInQuery,
  dictionary: TermDictionary,
  options: Omit<SimilarOptions, 'limit'>,
): ReturnType<TermDictionary['similar']> {
  const languages = await dictionary.languages();
  const similar = await dictionary.similar(word.term, { ...options, limit: mostCandidates });
  return similar.filter((candidate) => isCandidate(word, candidate, languages));
}

/** Only plain words have misspellings and endings: a number or a pair of characters with an edit is another one. */
export function isSpelled(term: Term): boolean {
  return /^[\p{L}\p{M}]+$/u.test(term) && !unspacedLetter.test(term);
}

const unspacedLetter =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

function isCandidate(
  { term, articles, relatives }: WordInQuery,
  candidate: TermStatistics,
  languages: readonly string[],
): boolean {
  if (!isSpelled(candidate.term)) return false;
  if (term.length < leastLong && isSmall(candidate.term, languages)) return false;
  // An inflection of a word that articles hold is no slip of it.
  return articles === 0 || !relatives.some((relative) => relative.term === candidate.term);
}

/** Those that the other words of the query speak for as well; company only ever speaks against a correction. */
async function keepInCompany(
  word: WordInQuery,
  corrections: readonly RankedCorrection[],
  dictionary: TermDictionary,
): Promise<readonly RankedCorrection[]> {
  const languages = await dictionary.languages();
  const company = word.company.filter((other) => other !== word.term && !isSmall(other, languages));
  const scores = await compareCompany(word, corrections, { company, dictionary });
  return corrections.filter(({ margin }, index) => margin + (scores[index] as number) >= 0);
}

/** Languages without stems are none of the dictionary's; where it has no others, any language's small words count. */
function isSmall(term: Term, languages: readonly string[]): boolean {
  if (languages.length === 0) return isFunctionWord(term);
  return languages.some((language) => isFunctionWord(term, language));
}

/**
 * Two edits are looked for where even a common word, in one of a hundred articles, with two letters dropped would be likelier
 * than the best that one edit finds: where that is rare for how odd its edit is. The walk takes five to seven times as long.
 */
const unlikelyScore = -11.5;

function isUnlikely({ corrections: [best] }: RankedCorrections, articles: number): boolean {
  return best === undefined || best.score - Math.log(articles) < unlikelyScore;
}
