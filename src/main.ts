#!/usr/bin/env node
/**
 * The program: command line → settings → the command's journey → exit code 0 done, 1 failed, 2 wrong usage. Commands are
 * loaded when they are asked for: what only the server needs would double the time of the shortest build.
 */
import type { CommandName } from './command-definitions.ts';
import { helpText } from './command-help.ts';
import { type CommandLine, parseCommandLine } from './command-line.ts';
import { describeFailure } from './commands/describe-failure.ts';
import { readSettings, type Settings } from './settings.ts';
import { version } from './version.ts';

// Whoever reads the output may have read enough: `lede search izium | head -3`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const commands = {
  build: async (settings: Settings, { options }: CommandLine) =>
    (await import('./commands/build.ts')).runBuild(settings, options),
  'build-process': async (settings: Settings) =>
    (await import('./commands/build-process.ts')).runBuildProcess(settings),
  serve: async (settings: Settings) => (await import('./commands/serve.ts')).runServe(settings),
  search: async (settings: Settings, { options, positionals }: CommandLine) =>
    (await import('./commands/search.ts')).runSearch(settings, positionals.join(' '), options),
  status: async ({ data }: Settings, { options }: CommandLine) =>
    (await import('./commands/status.ts')).runStatus(data, options),
  evaluate: async (_settings: Settings, { options, positionals }: CommandLine) =>
    (await import('./commands/evaluate.ts')).runEvaluate(positionals[0] ?? null, options),
};

process.exitCode = await main(process.argv.slice(2));

async function main(parameters: readonly string[]): Promise<number> {
  let commandLine: CommandLine;
  try {
    commandLine = parseCommandLine(parameters);
  } catch (error) {
    return fail(error, 2);
  }
  const { command } = commandLine;
  // Without settings: whoever needs help may need it because they are wrong.
  if (command === 'help') return print(helpText());
  if (command === 'version') return print(`${version}\n`);
  return run(command, commandLine);
}

async function run(command: Exclude<CommandName, 'help' | 'version'>, commandLine: CommandLine): Promise<number> {
  let settings: Settings;
  try {
    settings = readSettings({ flags: commandLine.flags, environment: process.env, folder: process.cwd() });
  } catch (error) {
    return fail(error, 2);
  }
  for (const warning of settings.warnings) process.stderr.write(`lede: ${warning}\n`);
  try {
    return await commands[command](settings, commandLine);
  } catch (error) {
    return fail(error, 1);
  }
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

function fail(error: unknown, exitCode: number): number {
  process.stderr.write(`lede: ${describeFailure(error)}\n`);
  return exitCode;
}
