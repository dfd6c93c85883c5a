/**
 * What the owners of a corpus add to the ranking: weights of articles, and a favour for newer ones. Both multiply an
 * article's whole score (`ranking.ts`); pinned articles stand in the request (`src/engine/engine.ts`).
 */

import type { ArticleOrdinal } from './ids.ts';

/** What holds for a search besides what is asked; weights stand in the articles. */
export interface OwnerChoices {
  /** The articles to come first in the order by relevance, best first. */
  readonly pinned: readonly ArticleOrdinal[];
  /** Null: newer articles are not favoured. */
  readonly recency: RecencySetting | null;
}

export const noChoices: OwnerChoices = { pinned: [], recency: null };

/** The least and the greatest weight of an article, both included. Weights are kept in hundredths. */
export const weightRange = { least: 0.1, most: 10 } as const;

/** What an article states of its weight, in hundredths, so that no engine rounds it; 0 = nothing. */
export interface StatedWeight {
  /**
   * As `weight`. Site generators use this name for the order of menus (10, 20, 30 …), so that it may also lie above the
   * range, up to `mostStated`: see `isMenuOrder`.
   */
  readonly weight: number;
  /** As `search_weight`, which has one meaning only. In the range. */
  readonly searchWeight: number;
}

/** The greatest number of hundredths that is kept of a `weight`. */
export const mostStated = 65_500;

/** How a corpus uses `weight`. */
export interface WeightUse {
  readonly articles: number;
  /** Articles that state a whole number, … */
  readonly whole: number;
  /** … and those of them whose number lies above the range. */
  readonly above: number;
}

/** So few whole numbers are an owner's choice, whatever they are. */
const fewWeights = 20;

/**
 * Tells whether `weight` orders menus in a corpus: whole numbers in most of its articles, or mostly above the range.
 * Then it would turn the ranking upside down, since menus put the lightest first, and only `search_weight` counts.
 */
export function isMenuOrder({ articles, whole, above }: WeightUse): boolean {
  return whole >= fewWeights && (2 * whole > articles || 2 * above > whole);
}

/** Adds an article to the use of a corpus. */
export function countUse(use: { -readonly [Key in keyof WeightUse]: number }, { weight }: StatedWeight): void {
  use.articles++;
  if (weight === 0 || weight % 100 !== 0) return;
  use.whole++;
  if (weight > weightRange.most * 100) use.above++;
}

/** What an article's score is multiplied by, in `weightRange`; 1 where it states nothing that counts. */
export function ownerWeight({ weight, searchWeight }: StatedWeight, isOrderOfMenus: boolean): number {
  if (searchWeight > 0) return searchWeight / 100;
  return isOrderOfMenus || weight === 0 || weight > weightRange.most * 100 ? 1 : weight / 100;
}

/** How much newer articles are favoured. */
export interface RecencySetting {
  /** What the newest article earns on top, as a share of its score: above 0, at most 1. */
  readonly share: number;
  /** After so many days it earns half of that. Above 0. */
  readonly halfLifeDays: number;
}

/** The same on a day. */
export interface Recency extends RecencySetting {
  /** The calendar day, `YYYY-MM-DD`: articles dated later count as new, and say nothing of the age of others. */
  readonly today: string;
}

/**
 * What a dated article's score is multiplied by. `ageDays`: days from its date to the newest date of the corpus that is not
 * after today; less than 0 counts as 0. Articles without a date have 1.
 */
export function recencyFactor(ageDays: number, { share, halfLifeDays }: RecencySetting): number {
  return 1 + share * 2 ** (-Math.max(0, ageDays) / halfLifeDays);
}
