#!/usr/bin/env node
/** The program: command line → settings → the command's journey → exit code 0 done, 1 failed, 2 wrong usage. */
import { type CommandLine, helpText, parseCommandLine } from './command-line.ts';
import { describeFailure, runBuild } from './commands/build.ts';
import { runEvaluate } from './commands/evaluate.ts';
import { runSearch } from './commands/search.ts';
import { runServe } from './commands/serve.ts';
import { runStatus } from './commands/status.ts';
import { readSettings, type Settings } from './settings.ts';
import { version } from './version.ts';

process.exitCode = await main(process.argv.slice(2));

async function main(parameters: readonly string[]): Promise<number> {
  let commandLine: CommandLine;
  let settings: Settings;
  try {
    commandLine = parseCommandLine(parameters);
    settings = readSettings({ flags: commandLine.flags, environment: process.env, folder: process.cwd() });
  } catch (error) {
    return fail(error, 2);
  }
  for (const warning of settings.warnings) process.stderr.write(`lede: ${warning}\n`);
  try {
    return await run(commandLine, settings);
  } catch (error) {
    return fail(error, 1);
  }
}

function run({ command, options, positionals }: CommandLine, settings: Settings): Promise<number> {
  switch (command) {
    case 'build':
      return runBuild(settings, options);
    case 'serve':
      return runServe(settings);
    case 'search':
      return runSearch(settings.data, positionals.join(' '), options);
    case 'status':
      return runStatus(settings.data, options);
    case 'evaluate':
      return runEvaluate(positionals[0] ?? '', options);
    case 'help':
      return print(helpText());
    case 'version':
      return print(`${version}\n`);
  }
}

async function print(text: string): Promise<number> {
  process.stdout.write(text);
  return 0;
}

function fail(error: unknown, exitCode: number): number {
  process.stderr.write(`lede: ${describeFailure(error)}\n`);
  return exitCode;
}
