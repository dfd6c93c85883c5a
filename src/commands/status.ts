/** `lede status`: what is published in the data folder, and how its build went. */
import { LedeError } from '../domain/error.ts';
import { type Manifest, readCurrent, readManifest } from '../snapshot/snapshot-folder.ts';
import { countText } from './count-text.ts';
import { formatLeftOut, formatUnknownKeys } from './format-left-out.ts';
import { formatProblem } from './format-problem.ts';

/** Returns the exit code. Throws `LedeError` `not_found` where nothing is published. */
export async function runStatus(data: string, { isJson }: { readonly isJson: boolean }): Promise<number> {
  const build = await readCurrent(data);
  if (build === null) throw new LedeError('not_found', `nothing is indexed in "${data}" yet: run \`lede build\``);
  const manifest = await readManifest(data, build);
  process.stdout.write(isJson ? `${JSON.stringify(manifest, null, 2)}\n` : formatManifest(manifest));
  return 0;
}

function formatManifest({ build, publishedAt, articles, paragraphs, terms, files, report }: Manifest): string {
  const megabytes = Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0) / 1_000_000;
  const counts = [
    countText(articles, 'article'),
    countText(paragraphs, 'paragraph'),
    countText(terms, 'different word'),
  ];
  const lines = [
    `published: ${build} at ${publishedAt}`,
    `holds: ${counts.join(', ')}, ${megabytes.toFixed(1)} MB`,
    `its build: ${countText(report.files.read, 'file')} read, ${report.files.unchanged} unchanged, ${report.files.skipped} skipped, ${(report.tookMs / 1000).toFixed(1)} s`,
    ...formatLeftOut(report),
    ...formatUnknownKeys(report),
    ...report.problems.map(formatProblem),
  ];
  return `${lines.join('\n')}\n`;
}
