/** What the settings mean for a build. */
import type { SessionOptions } from '../../index-build/build-session.ts';
import type { Settings } from '../settings.ts';

export function buildOptions(settings: Settings): SessionOptions {
  const { corpus, data, keepBuilds, siteUrl, sitePaths } = settings;
  return {
    corpus,
    data,
    keepBuilds,
    reading: {
      includesDrafts: settings.includeDrafts,
      includesFuture: settings.includeFuture,
      site: siteUrl === null ? null : { url: siteUrl, paths: sitePaths },
    },
    ignore: { patterns: settings.ignore, usesGitignore: settings.gitignore },
  };
}
