/** The step `build`: a full build from the corpus folder to the published snapshot, as `lede build --full` does it. */
import { rm } from 'node:fs/promises';
import { build } from '../../index-build/build.ts';

export interface BuildJob {
  readonly corpus: string;
  /** Emptied first. */
  readonly data: string;
}

export interface BuildMeasure {
  readonly tookMs: number;
  readonly paragraphsPerSecond: number;
  /** Largest resident memory of the building process. */
  readonly peakMemoryBytes: number;
  readonly articles: number;
  readonly paragraphs: number;
  readonly terms: number;
  /** Files that could not be read as written; 0 is expected. */
  readonly problems: number;
}

export async function measureBuild({ corpus, data }: BuildJob): Promise<BuildMeasure> {
  await rm(data, { recursive: true, force: true });
  const startedMs = performance.now();
  const report = await build({ corpus, data, isFull: true, keepBuilds: 1 });
  const tookMs = performance.now() - startedMs;
  return {
    tookMs,
    paragraphsPerSecond: (report.paragraphs / tookMs) * 1000,
    peakMemoryBytes: Math.max(report.peakMemoryBytes, process.resourceUsage().maxRSS * 1024),
    articles: report.articles.total,
    paragraphs: report.paragraphs,
    terms: report.terms,
    problems: report.problems.length,
  };
}
