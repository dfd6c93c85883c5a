/** The commands of `lede` and their flags, as tables. Knows their names and meanings, not what they do. */
import { limits } from './domain/limits.ts';
import { defaultRanking } from './domain/ranking.ts';
import { parameterNamesOf } from './evaluation/ranking-settings.ts';

export type CommandName = 'build' | 'build-process' | 'serve' | 'search' | 'status' | 'evaluate' | 'help' | 'version';

export type OptionName =
  | 'full'
  | 'json'
  | 'limit'
  | 'per-query'
  | 'half'
  | 'set'
  | 'known-items'
  | 'misspellings'
  | 'seed';

export interface CommandDefinition {
  readonly name: CommandName;
  /** What has to follow the name, for the help text; null where nothing may. */
  readonly argument: string | null;
  /** How many arguments may follow. One word of a query is one argument. */
  readonly maximumArguments: number;
  /** An option that may stand in place of the argument. */
  readonly insteadOfArgument?: OptionName;
  readonly meaning: string;
  readonly options: readonly OptionName[];
}

export interface OptionDefinition {
  readonly name: OptionName;
  /** The value's name in the help text; null where there is none. */
  readonly value: string | null;
  readonly meaning: string;
}

export const commandDefinitions: readonly CommandDefinition[] = [
  {
    name: 'build',
    argument: null,
    maximumArguments: 0,
    meaning: 'index what changed in the corpus folder and publish it',
    options: ['full', 'json'],
  },
  {
    name: 'serve',
    argument: null,
    maximumArguments: 0,
    meaning: 'build what is missing or changed, answer searches, follow the folder',
    options: [],
  },
  {
    name: 'search',
    argument: 'QUERY',
    maximumArguments: Number.POSITIVE_INFINITY,
    meaning: 'print the articles and paragraphs that match; after "--" a query may begin with "-"',
    options: ['json', 'limit'],
  },
  {
    name: 'status',
    argument: null,
    maximumArguments: 0,
    meaning: 'print what is published and how the last build went',
    options: ['json'],
  },
  {
    name: 'evaluate',
    argument: 'FOLDER',
    maximumArguments: 1,
    insteadOfArgument: 'known-items',
    meaning: 'index a judged collection, or articles, aside and print how well they are ranked and found',
    options: ['json', 'per-query', 'half', 'set', 'known-items', 'misspellings', 'limit', 'seed'],
  },
  { name: 'help', argument: null, maximumArguments: 0, meaning: 'print this text (also --help)', options: [] },
  { name: 'version', argument: null, maximumArguments: 0, meaning: 'print the version (also --version)', options: [] },
];

/** What the program runs of itself. Not in the help text. */
export const internalCommands: readonly CommandDefinition[] = [
  {
    name: 'build-process',
    argument: null,
    maximumArguments: 0,
    meaning: 'build whatever the running service asks for: `src/commands/build-process.ts`',
    options: [],
  },
];

export const laterCommands = ['verify', 'builds', 'rollback'];

/** Articles that `lede search` shows, and queries of a class that `lede evaluate` draws, where nobody says how many. */
export const defaultLimits = { search: 10, evaluate: 1000 } as const;

const limitMeaning =
  `search: show at most N articles, 1 to ${limits.hits}, default ${defaultLimits.search}; ` +
  `evaluate: draw at most N known items of each class, default ${defaultLimits.evaluate}`;

const parameterNames = parameterNamesOf(defaultRanking).join(', ');

/** What draws and permutations begin with, where nobody says it. */
export const defaultSeed = 1;

export const optionDefinitions: readonly OptionDefinition[] = [
  { name: 'full', value: null, meaning: 'read every file again, changed or not' },
  { name: 'json', value: null, meaning: 'print JSON instead of text' },
  { name: 'limit', value: 'N', meaning: limitMeaning },
  { name: 'per-query', value: 'FILE', meaning: 'write the figures of each query to FILE, a JSON object a line' },
  { name: 'half', value: 'odd|even', meaning: 'measure every second query only: the first, third … or the others' },
  {
    name: 'set',
    value: 'NAME=VALUE',
    meaning: `change the ranking and compare it with the default one; may be repeated; ${parameterNames}`,
  },
  {
    name: 'known-items',
    value: 'FOLDER',
    meaning: 'measure how titles, headings and sentences of the articles in FOLDER are found, also misremembered',
  },
  {
    name: 'misspellings',
    value: 'FILE',
    meaning: 'measure misspellings (word, tab, correction) on the articles in FOLDER',
  },
  { name: 'seed', value: 'N', meaning: `draw other known items, or other permutations; default ${defaultSeed}` },
];
