import { describe, expect, it } from 'vitest';
import { commandDefinitions } from '../../src/command-definitions.ts';
import { helpText } from '../../src/command-help.ts';
import { parseCommandLine } from '../../src/command-line.ts';
import { LedeError } from '../../src/domain/error.ts';
import { defaultRanking } from '../../src/domain/ranking.ts';
import { parameterNamesOf } from '../../src/evaluation/ranking-settings.ts';
import { printDefault, settingDefinitions } from '../../src/settings.ts';

const noOptions = {
  isFull: false,
  isJson: false,
  limit: 10,
  perQuery: null,
  half: null,
  set: null,
  knownItems: null,
  misspellings: null,
  seed: 1,
};
const evaluation = { ...noOptions, limit: 1000 };

describe('parseCommandLine', () => {
  it.each([
    [['build'], 'build', noOptions, []],
    [['build', '--full', '--json'], 'build', { ...noOptions, isFull: true, isJson: true }, []],
    [['--json', 'status'], 'status', { ...noOptions, isJson: true }, []],
    [['serve'], 'serve', noOptions, []],
    [['build-process'], 'build-process', noOptions, []],
    [['search', 'grain deal'], 'search', noOptions, ['grain deal']],
    [['search', 'grain', 'deal', '--limit', '3'], 'search', { ...noOptions, limit: 3 }, ['grain', 'deal']],
    [['search', '--', '-grain', '--json'], 'search', noOptions, ['-grain', '--json']],
    [['evaluate', 'judged', '--per-query=out.txt'], 'evaluate', { ...evaluation, perQuery: 'out.txt' }, ['judged']],
    [['evaluate', 'judged', '--half', 'even'], 'evaluate', { ...evaluation, half: 'even' }, ['judged']],
    [['evaluate', 'notes', '--misspellings=m.tsv'], 'evaluate', { ...evaluation, misspellings: 'm.tsv' }, ['notes']],
    [
      ['evaluate', '--known-items', 'notes', '--limit=7000', '--seed', '0', '--half=odd'],
      'evaluate',
      { ...evaluation, knownItems: 'notes', limit: 7000, seed: 0, half: 'odd' },
      [],
    ],
    [
      ['evaluate', 'judged', '--set', 'title-weight=4', '--set=word-order=0.5', '--seed=3'],
      'evaluate',
      { ...evaluation, set: { ...defaultRanking, titleWeight: 4, wordOrder: 0.5 }, seed: 3 },
      ['judged'],
    ],
    [['help'], 'help', noOptions, []],
    [['--help'], 'help', noOptions, []],
    [['search', '-h'], 'help', noOptions, []],
    [['--version'], 'version', noOptions, []],
    [['version'], 'version', noOptions, []],
  ])('reads %j', (argv, command, options, positionals) => {
    expect(parseCommandLine(argv)).toEqual({ command, flags: {}, options, positionals });
  });

  it.each(commandDefinitions.filter(({ name }) => name !== 'help' && name !== 'version'))(
    'takes every setting as a flag of $name',
    ({ name, argument }) => {
      const argv = settingDefinitions.map((setting) => `--${setting.name}=on`);
      const { flags } = parseCommandLine([name, ...argv, ...(argument === null ? [] : ['x'])]);
      expect(flags).toEqual(Object.fromEntries(settingDefinitions.map((setting) => [setting.name, 'on'])));
    },
  );

  it.each([
    ['--watch', true],
    ['--no-watch', false],
    ['--watch=off', 'off'],
  ])('hands on the switch %s', (flag, value) => {
    expect(parseCommandLine(['serve', flag]).flags).toEqual({ watch: value });
  });

  it.each([
    [[], 'no command given, expected one of build, serve, search, status, evaluate, help, version: see "lede help"'],
    [['serch', 'x'], 'unknown command "serch": did you mean "search"?'],
    [['frobnicate'], 'unknown command "frobnicate": see "lede help"'],
    [['constructor'], 'unknown command "constructor": see "lede help"'],
    [['serve', '--prot', '1'], 'unknown flag "--prot": did you mean "--port"?'],
    [['search', '-ukraine'], 'unknown flag "-u": see "lede help"; a query that begins with "-" stands after "--"'],
    [
      ['serve', '--__proto__=1'],
      'unknown flag "--__proto__": see "lede help"; a query that begins with "-" stands after "--"',
    ],
    [['serve', '--port'], '"--port" needs a value: write --port=VALUE'],
    [['serve', '--port='], '"--port" needs a value: write --port=VALUE'],
    [['serve', '--port', '--watch'], '"--port" needs a value: write --port=VALUE'],
    [['build', '--full=yes'], '"--full" takes no value, found "yes"'],
    [['search', 'x', '--full'], '"--full" is no flag of "lede search": see "lede help"'],
    [['build', 'corpus'], '"lede build" has no use for "corpus"'],
    [['search'], '"lede search" needs an argument: lede search QUERY'],
    [['evaluate'], '"lede evaluate" needs an argument: lede evaluate FOLDER'],
    [['evaluate', 'a', 'b'], '"lede evaluate" has no use for "b"'],
    [['search', 'x', '--limit', '0'], '"--limit" is "0", expected a whole number from 1 to 50'],
    [['search', 'x', '--limit', '51'], '"--limit" is "51", expected a whole number from 1 to 50'],
    [['search', 'x', '--limit', 'many'], '"--limit" is "many", expected a whole number from 1 to 50'],
    [['search', 'x', '--half=odd'], '"--half" is no flag of "lede search": see "lede help"'],
    [['evaluate', 'x', '--half=third'], '"--half" is "third", expected odd or even'],
    [['evaluate', 'x', '--known-items=y'], '"lede evaluate" has no use for "x" beside "--known-items"'],
    [['evaluate', '--misspellings=m.tsv'], '"lede evaluate" needs an argument: lede evaluate FOLDER'],
    [
      ['evaluate', '--known-items=y', '--misspellings=m'],
      '"--misspellings" has no meaning with --known-items: see "lede help"',
    ],
    [
      ['evaluate', 'x', '--misspellings=m', '--set=word-order=1'],
      '"--set" has no meaning with --misspellings: see "lede help"',
    ],
    [['evaluate', 'x', '--limit=5'], '"--limit" has no meaning with a judged collection: see "lede help"'],
    [['evaluate', 'x', '--seed=5'], '"--seed" has no meaning with a judged collection: see "lede help"'],
    [['evaluate', '--known-items=y', '--limit=0'], '"--limit" is "0", expected a whole number from 1 to 999999999'],
    [['evaluate', '--known-items=y', '--seed=-1'], '"--seed" is "-1", expected a whole number from 0 to 2147483647'],
    [
      ['evaluate', 'x', '--set=titel-weight=4'],
      `"--set" is "titel-weight=4", expected NAME=VALUE with one of ${parameterNamesOf(defaultRanking).join(', ')}`,
    ],
  ])('refuses %j', (argv, message) => {
    expect(() => parseCommandLine(argv)).toThrow(new LedeError('invalid', message));
    expect(codeOf(argv)).toBe('invalid');
  });

  it.each(['verify', 'builds', 'rollback'])('says that "%s" belongs to a later version', (name) => {
    expect(() => parseCommandLine([name])).toThrow(`"${name}" is not available in this version`);
    expect(codeOf([name])).toBe('unsupported');
  });
});

describe('helpText', () => {
  const lines = helpText().split('\n');

  it.each(settingDefinitions)('lists the setting $name with meaning, range and default', (definition) => {
    const index = lines.findIndex((line) => new RegExp(`^  --(\\[no-\\])?${definition.name} `).test(line));
    expect(lines[index]).toContain(definition.meaning);
    expect(lines[index + 1]).toContain(definition.range);
    expect(lines[index + 1]).toContain(`default ${printDefault(definition)}`);
  });

  it.each(commandDefinitions)('lists the command $name', ({ name, meaning }) => {
    expect(lines.filter((line) => line.startsWith(`  ${name} `) && line.includes(meaning))).toHaveLength(1);
  });

  it('does not list what the program runs of itself', () => {
    expect(helpText()).not.toContain('build-process');
  });

  it.each([
    '--full',
    '--json',
    '--limit N',
    '--per-query FILE',
    '--half odd|even',
    '--set NAME=VALUE',
    '--known-items FOLDER',
    '--misspellings FILE',
    '--seed N',
  ])('lists the option %s', (option) => {
    expect(lines.filter((line) => line.startsWith(`  ${option} `))).toHaveLength(1);
  });
});

function codeOf(argv: readonly string[]): string | null {
  try {
    parseCommandLine(argv);
  } catch (error) {
    return error instanceof LedeError ? error.code : null;
  }
  return null;
}
