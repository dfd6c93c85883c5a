/** The flags of commands as typed → checked values. Which flags a command takes is checked by `command-line.ts`. */
import { type CommandDefinition, defaultLimits, defaultSeed, type OptionName } from './command-definitions.ts';
import { LedeError } from './domain/error.ts';
import { limits } from './domain/limits.ts';
import { defaultRanking, type RankingParameters } from './domain/ranking.ts';
import type { Half } from './evaluation/half.ts';
import { changeParameters } from './evaluation/ranking-settings.ts';

export interface CommandOptions {
  readonly isFull: boolean;
  readonly isJson: boolean;
  /** Articles to show, or known items of a class to draw. */
  readonly limit: number;
  /** Where to write the figures of each query, as typed, or null. */
  readonly perQuery: string | null;
  /** The half of the queries to measure; null for all. */
  readonly half: Half | null;
  /** The changed ranking to compare with the default one, or null. */
  readonly set: RankingParameters | null;
  /** Folder of articles to draw known items from, as typed, or null. */
  readonly knownItems: string | null;
  /** File of misspellings to measure, as typed, or null. */
  readonly misspellings: string | null;
  readonly seed: number;
}

/** The values of each flag that was given, in order; null where one stands without a value. */
export type FoundFlags = ReadonlyMap<string, readonly (string | null)[]>;

/** Throws `LedeError` `invalid` for a value that is not as expected. */
export function readOptions(found: FoundFlags, command: CommandDefinition): CommandOptions {
  const last = (name: OptionName) => found.get(name)?.at(-1) ?? null;
  const assignments = (found.get('set') ?? []).map((assignment) => assignment ?? '');
  return {
    isFull: found.has('full'),
    isJson: found.has('json'),
    limit: readLimit(last('limit'), command),
    perQuery: last('per-query'),
    half: readHalf(last('half')),
    set: assignments.length === 0 ? null : changeParameters(defaultRanking, assignments),
    knownItems: last('known-items'),
    misspellings: last('misspellings'),
    seed: readNumber('seed', last('seed') ?? String(defaultSeed), { least: 0, most: 2 ** 31 - 1 }),
  };
}

/** What of an evaluation's flags goes together. Throws `LedeError` `invalid`. */
export function checkEvaluation(found: FoundFlags): void {
  const [measured, useless] = found.has('known-items')
    ? (['--known-items', ['misspellings']] as const)
    : found.has('misspellings')
      ? (['--misspellings', ['set', 'limit', 'seed']] as const)
      : (['a judged collection', found.has('set') ? ['limit'] : ['limit', 'seed']] as const);
  for (const name of useless) {
    if (found.has(name)) throw new LedeError('invalid', `"--${name}" has no meaning with ${measured}: see "lede help"`);
  }
}

function readLimit(text: string | null, { name }: CommandDefinition): number {
  const isEvaluate = name === 'evaluate';
  if (text === null) return isEvaluate ? defaultLimits.evaluate : defaultLimits.search;
  return readNumber('limit', text, { least: 1, most: isEvaluate ? mostKnownItems : limits.hits });
}

/** More than any corpus has titles; a number that is longer is a slip. */
const mostKnownItems = 999_999_999;

function readHalf(text: string | null): Half | null {
  if (text === null || text === 'odd' || text === 'even') return text;
  throw new LedeError('invalid', `"--half" is "${text}", expected odd or even`);
}

function readNumber(name: OptionName, text: string, { least, most }: { least: number; most: number }): number {
  const number = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new LedeError('invalid', `"--${name}" is "${text}", expected a whole number from ${least} to ${most}`);
}
