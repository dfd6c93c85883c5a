/** Known misspellings measured on the words of a folder of articles: whether the search looks for what was meant. */
import { LedeError } from '../domain/error.ts';
import { formatTable } from '../evaluation/format-table.ts';
import { type Half, isInHalf } from '../evaluation/half.ts';
import {
  type MisspellingMeasures,
  type MisspellingOutcome,
  measureMisspelling,
  readMisspellings,
  summarizeMisspellings,
} from '../evaluation/misspellings.ts';
import { countText } from './count-text.ts';
import { withArticles } from './index-articles-aside.ts';

export interface MisspellingsEvaluation {
  readonly articles: number;
  /** Pairs of the file, or of its half, that were not measured: their correction is not one word of the corpus. */
  readonly others: number;
  readonly distances: readonly MisspellingMeasures[];
  /** One outcome per measured pair, in file order. */
  readonly outcomes: readonly MisspellingOutcome[];
}

/** Throws `LedeError`: as `readMisspellings` and `withArticles` do, and `invalid` where no pair can be measured. */
export async function evaluateMisspellings(
  folder: string,
  file: string,
  half: Half | null,
): Promise<MisspellingsEvaluation> {
  const pairs = (await readMisspellings(file)).filter((_, index) => isInHalf(index + 1, half));
  return withArticles(folder, async ({ engine }, articles) => {
    const outcomes: MisspellingOutcome[] = [];
    for (const pair of pairs) {
      const outcome = await measureMisspelling(pair, engine.dictionary);
      if (outcome !== null) outcomes.push(outcome);
    }
    if (outcomes.length === 0) {
      throw new LedeError(
        'invalid',
        `no correction in "${file}" is a word of "${folder}": name other misspellings or articles`,
      );
    }
    return { articles, others: pairs.length - outcomes.length, distances: summarizeMisspellings(outcomes), outcomes };
  });
}

/** A line for each distance. */
export function formatMisspellings({ articles, others, distances }: MisspellingsEvaluation): string[] {
  const rows = distances.map(({ distance, pairs, found, suggested, added, wrong }) => [
    countText(distance, 'edit'),
    String(pairs),
    ...[found, suggested].map((share) => share.toFixed(3)),
    String(added),
    wrong.toFixed(3),
  ]);
  return [
    `${countText(articles, 'article')}; ${countText(others, 'pair')} left out: their correction is no word of these`,
    ...formatTable([['', 'pairs', 'found', 'suggested', 'terms added', 'of these wrong'], ...rows]),
  ];
}
