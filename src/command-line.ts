/**
 * What stands behind `lede` on the command line: the commands and flags as tables, their parsing, and the help text
 * made from the tables. Knows the names of settings but not what commands do; values of settings are checked by
 * `settings.ts`.
 */
import { parseArgs } from 'node:util';
import { LedeError } from './domain/error.ts';
import { limits } from './domain/limits.ts';
import {
  environmentVariable,
  nearestName,
  printDefault,
  type SettingDefinition,
  settingDefinitions,
} from './settings.ts';

export type CommandName = 'build' | 'build-process' | 'serve' | 'search' | 'status' | 'evaluate' | 'help' | 'version';

type OptionName = 'full' | 'json' | 'limit' | 'per-query';

interface CommandDefinition {
  readonly name: CommandName;
  /** What has to follow the name, for the help text; null where nothing may. */
  readonly argument: string | null;
  /** How many arguments may follow. One word of a query is one argument. */
  readonly maximumArguments: number;
  readonly meaning: string;
  readonly options: readonly OptionName[];
}

interface OptionDefinition {
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
    meaning: 'index a judged collection aside and print how well it is ranked',
    options: ['json', 'per-query'],
  },
  { name: 'help', argument: null, maximumArguments: 0, meaning: 'print this text (also --help)', options: [] },
  { name: 'version', argument: null, maximumArguments: 0, meaning: 'print the version (also --version)', options: [] },
];

/** What the program runs of itself. Not in the help text. */
const internalCommands: readonly CommandDefinition[] = [
  {
    name: 'build-process',
    argument: null,
    maximumArguments: 0,
    meaning: 'build whatever the running service asks for: `src/commands/build-process.ts`',
    options: [],
  },
];

const laterCommands = ['verify', 'builds', 'rollback'];

const defaultLimit = 10;

const optionDefinitions: readonly OptionDefinition[] = [
  { name: 'full', value: null, meaning: 'read every file again, changed or not' },
  { name: 'json', value: null, meaning: 'print JSON instead of text' },
  { name: 'limit', value: 'N', meaning: `show at most N articles, 1 to ${limits.hits}; default ${defaultLimit}` },
  { name: 'per-query', value: 'FILE', meaning: 'write the figures of each query to FILE' },
];

/** Whether a flag stands with a value, without one, or either way. */
type ValueNeed = 'required' | 'none' | 'optional';

/** Every flag there is. A switch can be written `--watch`, `--no-watch` and `--watch=off`. */
const flagNeeds: ReadonlyMap<string, ValueNeed> = new Map<string, ValueNeed>([
  ['help', 'none'],
  ['version', 'none'],
  ...optionDefinitions.map(({ name, value }): [string, ValueNeed] => [name, value === null ? 'none' : 'required']),
  ...settingDefinitions.flatMap(({ name, type }): [string, ValueNeed][] =>
    type === 'switch'
      ? [
          [name, 'optional'],
          [`no-${name}`, 'none'],
        ]
      : [[name, 'required']],
  ),
]);

export interface CommandOptions {
  readonly isFull: boolean;
  readonly isJson: boolean;
  /** Articles to show. */
  readonly limit: number;
  /** Where to write the figures of each query, as typed, or null. */
  readonly perQuery: string | null;
}

export interface CommandLine {
  readonly command: CommandName;
  /** The settings that were given as flags, for `readSettings`; a switch without a value is a boolean. */
  readonly flags: Readonly<Record<string, string | boolean>>;
  /** The command's own flags. */
  readonly options: CommandOptions;
  /** What follows the command: the words of the query, or the folder. */
  readonly positionals: readonly string[];
}

/**
 * Parses what follows `lede`. Throws `LedeError` `invalid` for wrong usage, `unsupported` for commands of later
 * versions. `--help` and `--version` stand for the commands of that name, wherever they are.
 */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  const { found, positionals } = splitArguments(argv);
  const [name, ...rest] = positionals;
  if (found.has('help') || found.has('version')) {
    return { command: found.has('help') ? 'help' : 'version', flags: {}, options: readOptions(found), positionals: [] };
  }
  const command = findCommand(name);
  checkArguments(command, rest);
  checkOptions(command, found);
  return { command: command.name, flags: readFlags(found), options: readOptions(found), positionals: rest };
}

/** The text of `lede help`: commands, their options, and all settings with their defaults. */
export function helpText(): string {
  const commands = commandDefinitions.map(({ name, argument, meaning, options }) => [
    [name, argument ?? ''].join(' ').trim(),
    meaning + (options.length === 0 ? '' : ` (${options.map((option) => `--${option}`).join(', ')})`),
  ]);
  const options = optionDefinitions.map(({ name, value, meaning }) => [
    [`--${name}`, value ?? ''].join(' ').trim(),
    meaning,
  ]);
  const example = `--public-url, ${environmentVariable('public-url')}, {"public-url": …}`;
  return [
    'lede: a search box for a folder of articles',
    '',
    'usage: lede COMMAND [ARGUMENT] [FLAGS]',
    '',
    'commands',
    ...printColumns(commands),
    '',
    'options of commands',
    ...printColumns(options),
    '',
    'settings: flag, else environment, else lede.config.json in the working folder, else default',
    `  (${example})`,
    ...printColumns(settingDefinitions.flatMap(describeSetting)),
    '',
    'exit codes: 0 done, 1 failed, 2 wrong usage',
    '',
  ].join('\n');
}

function describeSetting(definition: SettingDefinition): [string, string][] {
  const { name, type, meaning, unit, range } = definition;
  const flag = type === 'switch' ? `--[no-]${name}` : `--${name} ${type.toUpperCase()}`;
  const values = unit === null ? range : `${range} (${unit})`;
  return [
    [flag, meaning],
    ['', `${values}; default ${printDefault(definition)}`],
  ];
}

function printColumns(rows: readonly (readonly string[])[]): string[] {
  const width = Math.max(...rows.map(([left = '']) => left.length));
  return rows.map(([left = '', right = '']) => `  ${left.padEnd(width)}  ${right}`);
}

/** The flags that were given, by name; null where a flag stands without a value. */
type Found = ReadonlyMap<string, string | null>;

function splitArguments(argv: readonly string[]): { readonly found: Found; readonly positionals: readonly string[] } {
  // Not strict: its messages are several lines long and give no hints. The tokens are checked here instead.
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries([...flagNeeds].map(([name, need]) => [name, parserOption(name, need)])),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const found = new Map<string, string | null>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') {
      positionals.push(token.value);
    } else if (token.kind === 'option') {
      found.set(token.name, checkFlag(token));
    }
  }
  return { found, positionals };
}

function parserOption(name: string, need: ValueNeed): { type: 'string' | 'boolean'; short?: string } {
  const type = need === 'required' ? 'string' : 'boolean';
  return name === 'help' ? { type, short: 'h' } : { type };
}

interface FlagToken {
  readonly name: string;
  /** With its dashes, as typed. */
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

function checkFlag({ name, rawName, value, inlineValue }: FlagToken): string | null {
  const need = flagNeeds.get(name);
  if (need === undefined) {
    const nearest = nearestName(name, [...flagNeeds.keys()]);
    const advice =
      nearest === null
        ? 'see "lede help"; a query that begins with "-" stands after "--"'
        : `did you mean "--${nearest}"?`;
    throw wrongUsage(`unknown flag "${rawName}": ${advice}`);
  }
  if (need === 'none' && value !== undefined) {
    throw wrongUsage(`"--${name}" takes no value, found "${value}"`);
  }
  const isSwallowed = inlineValue === false && value?.startsWith('-');
  if (need === 'required' && (value === undefined || value === '' || isSwallowed)) {
    throw wrongUsage(`"--${name}" needs a value: write --${name}=VALUE`);
  }
  return value ?? null;
}

function findCommand(name: string | undefined): CommandDefinition {
  const known = commandDefinitions.map((definition) => definition.name);
  if (name === undefined) {
    throw wrongUsage(`no command given, expected one of ${known.join(', ')}: see "lede help"`);
  }
  if (laterCommands.includes(name)) {
    throw new LedeError('unsupported', `"${name}" is not available in this version`);
  }
  const command = [...commandDefinitions, ...internalCommands].find((definition) => definition.name === name);
  if (command === undefined) {
    const nearest = nearestName(name, known);
    throw wrongUsage(
      `unknown command "${name}": ${nearest === null ? 'see "lede help"' : `did you mean "${nearest}"?`}`,
    );
  }
  return command;
}

function checkArguments(command: CommandDefinition, rest: readonly string[]): void {
  const surplus = rest[command.maximumArguments];
  if (surplus !== undefined) {
    throw wrongUsage(`"lede ${command.name}" has no use for "${surplus}"`);
  }
  if (command.argument !== null && rest.length === 0) {
    throw wrongUsage(`"lede ${command.name}" needs an argument: lede ${command.name} ${command.argument}`);
  }
}

function checkOptions(command: CommandDefinition, found: Found): void {
  for (const { name } of optionDefinitions) {
    if (found.has(name) && !command.options.includes(name)) {
      throw wrongUsage(`"--${name}" is no flag of "lede ${command.name}": see "lede help"`);
    }
  }
}

function readFlags(found: Found): Record<string, string | boolean> {
  const flags: Record<string, string | boolean> = {};
  for (const { name } of settingDefinitions) {
    if (found.has(name)) {
      flags[name] = found.get(name) ?? true;
    }
    if (found.has(`no-${name}`)) {
      flags[name] = false;
    }
  }
  return flags;
}

function readOptions(found: Found): CommandOptions {
  return {
    isFull: found.has('full'),
    isJson: found.has('json'),
    limit: readLimit(found.get('limit') ?? null),
    perQuery: found.get('per-query') ?? null,
  };
}

function readLimit(text: string | null): number {
  if (text === null) {
    return defaultLimit;
  }
  const limit = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > limits.hits) {
    throw wrongUsage(`"--limit" is "${text}", expected a whole number from 1 to ${limits.hits}`);
  }
  return limit;
}

function wrongUsage(message: string): LedeError {
  return new LedeError('invalid', message);
}
