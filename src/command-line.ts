/**
 * Parses what follows `lede`, by the tables of `command-definitions.ts`. Knows the names of settings but not what commands do;
 * values of settings are checked by `settings.ts`.
 */
import { parseArgs } from 'node:util';
import {
  type CommandDefinition,
  type CommandName,
  commandDefinitions,
  internalCommands,
  laterCommands,
  optionDefinitions,
} from './command-definitions.ts';
import { type CommandOptions, checkEvaluation, type FoundFlags, readOptions } from './command-options.ts';
import { LedeError } from './domain/error.ts';
import { nearestName, settingDefinitions } from './settings.ts';

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
    const command = findCommand(found.has('help') ? 'help' : 'version');
    return { command: command.name, flags: {}, options: readOptions(new Map(), command), positionals: [] };
  }
  const command = findCommand(name);
  checkArguments(command, rest, found);
  checkOptions(command, found);
  return { command: command.name, flags: readFlags(found), options: readOptions(found, command), positionals: rest };
}

function splitArguments(argv: readonly string[]): {
  readonly found: FoundFlags;
  readonly positionals: readonly string[];
} {
  // Not strict: its messages are several lines long and give no hints. The tokens are checked here instead.
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries([...flagNeeds].map(([name, need]) => [name, parserOption(name, need)])),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const found = new Map<string, (string | null)[]>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') {
      positionals.push(token.value);
    } else if (token.kind === 'option') {
      found.set(token.name, [...(found.get(token.name) ?? []), checkFlag(token)]);
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

function checkArguments(command: CommandDefinition, rest: readonly string[], found: FoundFlags): void {
  const isReplaced = command.insteadOfArgument !== undefined && found.has(command.insteadOfArgument);
  const surplus = rest[isReplaced ? 0 : command.maximumArguments];
  if (surplus !== undefined) {
    const beside = isReplaced ? ` beside "--${command.insteadOfArgument}"` : '';
    throw wrongUsage(`"lede ${command.name}" has no use for "${surplus}"${beside}`);
  }
  if (command.argument !== null && rest.length === 0 && !isReplaced) {
    throw wrongUsage(`"lede ${command.name}" needs an argument: lede ${command.name} ${command.argument}`);
  }
}

function checkOptions(command: CommandDefinition, found: FoundFlags): void {
  for (const { name } of optionDefinitions) {
    if (found.has(name) && !command.options.includes(name)) {
      throw wrongUsage(`"--${name}" is no flag of "lede ${command.name}": see "lede help"`);
    }
  }
  if (command.name === 'evaluate') checkEvaluation(found);
}

function readFlags(found: FoundFlags): Record<string, string | boolean> {
  const flags: Record<string, string | boolean> = {};
  for (const { name } of settingDefinitions) {
    if (found.has(name)) {
      flags[name] = found.get(name)?.at(-1) ?? true;
    }
    if (found.has(`no-${name}`)) {
      flags[name] = false;
    }
  }
  return flags;
}

function wrongUsage(message: string): LedeError {
  return new LedeError('invalid', message);
}
