/** The text of `lede help`, made from the tables of commands, options and settings. */
import { commandDefinitions, optionDefinitions } from './command-definitions.ts';
import { environmentVariable, printDefault, type SettingDefinition, settingDefinitions } from './settings.ts';

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
