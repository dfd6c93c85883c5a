/** What a worker thread of a build runs: reads groups of files, indexes batches of articles. See `crew.ts`. */
import type { BuildJob, BuildJobResult } from './crew.ts';
import { shareRecords } from './encode-article.ts';
import { indexArticles } from './index-articles.ts';
import { type FileContent, readFiles } from './read-files.ts';
import { serveJobs } from './worker-pool.ts';

serveJobs<BuildJob, BuildJobResult>((job) => {
  if (job.kind === 'index') return { kind: 'index', batch: indexArticles(job.articles) };
  return { kind: 'read', contents: share(readFiles(job.files)) };
});

/** All records of the group in one piece: a buffer per article would cost more than its bytes. */
function share(contents: readonly FileContent[]): FileContent[] {
  const shared = shareRecords(contents.flatMap((content) => (content.kind === 'read' ? content.articles : [])));
  let end = 0;
  return contents.map((content) => {
    if (content.kind !== 'read') return content;
    const start = end;
    end += content.articles.length;
    return { ...content, articles: shared.slice(start, end) };
  });
}
