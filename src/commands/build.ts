/** `lede build`: builds, shows progress, prints the report. */
import { build } from '../../index-build/build.ts';
import { mergeIfWanted } from '../../index-build/merge-snapshot.ts';
import type { BuildReport } from '../domain/build-report.ts';
import { LedeError } from '../domain/error.ts';
import type { Settings } from '../settings.ts';
import { buildOptions } from './build-options.ts';
import { describeFailure } from './describe-failure.ts';
import { formatLeftOut, formatUnknownKeys } from './format-left-out.ts';
import { formatProblem } from './format-problem.ts';
import { ProgressPrinter } from './print-progress.ts';

/** What `lede build --json` prints. */
type BuildOutput =
  | { readonly report: BuildReport }
  | { readonly error: { readonly code: string; readonly message: string } };

/** Returns the exit code. With `isJson` the last line of the output is a `BuildOutput`. */
export async function runBuild(settings: Settings, options: { isFull: boolean; isJson: boolean }): Promise<number> {
  const progress = new ProgressPrinter(process.stderr);
  try {
    const { data, keepBuilds } = settings;
    const onProgress = options.isJson ? () => undefined : progress.print.bind(progress);
    const built = await build({ ...buildOptions(settings), isFull: options.isFull, onProgress });
    progress.end();
    const merged = await mergeIfWanted({ data, keepBuilds });
    const report = { ...built, build: merged?.build ?? built.build };
    if (options.isJson) print({ report });
    else process.stdout.write(formatReport(report));
    return 0;
  } catch (error) {
    progress.end();
    if (!options.isJson) throw error;
    const code = error instanceof LedeError ? error.code : 'internal';
    print({ error: { code, message: describeFailure(error) } });
    return 1;
  }
}

function print(output: BuildOutput): void {
  process.stdout.write(`${JSON.stringify(output)}\n`);
}

const problemsShown = 20;

function formatReport(report: BuildReport): string {
  const { files, articles, paragraphs, terms, problems } = report;
  const megabytes = Math.round(report.peakMemoryBytes / 1_000_000);
  const lines = [
    report.outcome === 'published' ? `published ${report.build}` : `nothing changed: ${report.build} stays`,
    `files: ${files.found} found = ${files.read} read + ${files.unchanged} unchanged + ${files.skipped} skipped`,
    `articles: ${articles.total} (${articles.added} added, ${articles.changed} changed, ${articles.removed} removed)`,
    `paragraphs: ${paragraphs}, different words: ${terms}`,
    `took ${(report.tookMs / 1000).toFixed(1)} s, at most ${megabytes} MB of memory`,
    ...formatLeftOut(report),
    ...formatUnknownKeys(report),
    ...problems.slice(0, problemsShown).map(formatProblem),
  ];
  if (problems.length > problemsShown)
    lines.push(`… and ${problems.length - problemsShown} more: see \`lede status --json\``);
  return `${lines.join('\n')}\n`;
}
