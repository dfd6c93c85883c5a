/**
 * The part of an address that names an article, and back. Ids hold anything: slashes, dots, letters of any script.
 * Slashes stay readable; ids that a browser would rewrite as a path (`../x`, `a//b`) are encoded as one segment.
 */
import type { ArticleId } from './ids.ts';

/** The id as path segments, without a slash in front. */
export function writeArticlePath(id: string): string {
  const segments = id.split('/');
  const isRewritten = segments.some((segment) => segment === '' || segment === '.' || segment === '..');
  return isRewritten ? encodeSegment(id) : segments.map(encodeSegment).join('/');
}

/** The id that follows `prefix` in a request's address, or null where it is not well-formed. */
export function readArticlePath(url: string, prefix: string): ArticleId | null {
  const { pathname } = new URL(url);
  if (!pathname.startsWith(prefix)) return null;
  try {
    return decodeURIComponent(pathname.slice(prefix.length)) as ArticleId;
  } catch {
    // A lone percent sign or bytes that are no UTF-8: no article is called that.
    return null;
  }
}

function encodeSegment(segment: string): string {
  // Lone surrogates have no UTF-8 and encodeURIComponent throws for them.
  return encodeURIComponent(segment.replace(/\p{Surrogate}/gu, '\u{fffd}'));
}
