/** How a build reads: what of the corpus is public, and where its pages are. Settings, as the build takes them. */
import { createHash } from 'node:crypto';

export interface ReadingOptions {
  /** Whether articles are taken in that their source holds back, such as drafts. */
  readonly includesDrafts: boolean;
  /** Whether articles are taken in whose day is yet to come. */
  readonly includesFuture: boolean;
  readonly site: Site | null;
}

/** Where the pages of the corpus are on the web. */
export interface Site {
  /** Without a slash at the end. */
  readonly url: string;
  /** A preset of `site-address.ts`, or a pattern such as `/:year/:title/`. */
  readonly paths: string;
}

/** What holds where nothing is set. */
export const defaultReadingOptions: ReadingOptions = { includesDrafts: false, includesFuture: false, site: null };

/** Raise where the same file gives other articles than before: everything is then read again. */
const readersVersion = 1;

/** Tells whether what was read before would be read the same way. */
export function readingFingerprint(options: ReadingOptions): string {
  return createHash('sha256')
    .update(JSON.stringify([readersVersion, options]))
    .digest('hex')
    .slice(0, 16);
}
