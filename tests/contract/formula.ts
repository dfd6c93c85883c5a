/**
 * The parts of the formula of `src/domain/ranking.ts`, written down a second time. Only the constants that are tuned are
 * the program's, so that expected scores hold however they are chosen.
 */
import { defaultRanking } from '../../src/domain/ranking.ts';

/** The idf of what `df` of `total` hold. */
export const rarity = (df: number, total: number) => Math.log(1 + (total - df + 0.5) / (df + 0.5));

/** What a leaf of this mass earns where it stands so often, in a text so many times as long as the average. */
export const earned = (mass: number, frequency: number, length: number) =>
  (mass * frequency) / (frequency + 1.2 * (0.25 + 0.75 * length));

/** The cubed harmonic mean of two shares. */
export const cover = (ofQuery: number, ofText: number) => ((2 * ofQuery * ofText) / (ofQuery + ofText)) ** 3;

/** What an article earns with this and its only paragraph with the same. */
export const asBoth = (score: number) => score + defaultRanking.paragraphShare * score;
