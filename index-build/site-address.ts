/**
 * The address of an article's page, from its path in the corpus and what it states. Part of step 2 of an article's
 * journey; what the source states as its whole address goes before all of this.
 */
import type { SourceArticle } from '../src/domain/article.ts';
import type { Site } from './reading-options.ts';

/** Patterns under names: what the generators do unless they are told otherwise. */
const presets: ReadonlyMap<string, string> = new Map([
  ['folder', '/:path/'],
  ['plain', '/:path'],
  ['html', '/:path.html'],
  ['keep', '/:path:extension'],
  ['jekyll', '/:categories/:year/:month/:day/:title.html'],
]);

/** The address, or null for an article that shares its file with others: it has no page of its own. */
export function siteAddress(article: SourceArticle, { url, paths }: Site): string | null {
  const { path, publication } = article;
  const permalink = publication?.permalink ?? null;
  const slug = publication?.slug ?? null;
  const values = valuesOf(article, slug);
  if (permalink !== null && !/[{}]/.test(permalink)) return url + encodePath(expand(permalink, values));
  if (article.id.startsWith(`${path}~`) || !/\.(?:md|markdown|mdx|html?|xhtml|txt|text)$/i.test(path)) return null;
  if (slug?.startsWith('/')) return url + encodePath(slug);
  const pattern = presets.get(paths) ?? paths;
  // Pages that are HTML already are published as they are.
  const isPage = presets.has(paths) && /\.x?html?$/i.test(path) && !values.isIndex;
  return url + encodePath(expand(isPage ? '/:path:extension' : pattern, values));
}

interface PathValues {
  readonly isIndex: boolean;
  readonly byName: ReadonlyMap<string, string>;
}

function valuesOf({ path, date }: SourceArticle, slug: string | null): PathValues {
  const folders = path.split('/').slice(0, -1);
  const file = path.slice(path.lastIndexOf('/') + 1);
  const extension = /\.[^.]*$/.exec(file)?.[0] ?? '';
  const name = file.slice(0, file.length - extension.length);
  const isIndex = /^(?:_?index|readme)$/i.test(name);
  const [year = '', month = '', day = ''] = date?.split('-') ?? [];
  const title = slug ?? name.replace(/^\d{4}-\d{1,2}-\d{1,2}-/, '');
  const posts = folders.findIndex((folder) => /^_(?:posts|drafts)$/.test(folder));
  const own = isIndex ? (slug === null ? [] : [slug]) : [slug ?? name];
  const page = isIndex && slug !== null ? [...folders.slice(0, -1), ...own] : [...folders, ...own];
  const byName = new Map([
    ['path', page.join('/')],
    ['folder', folders.join('/')],
    ['name', name],
    ['extension', isIndex ? '' : extension],
    ['title', title],
    ['slug', title],
    ['categories', (posts < 0 ? folders : folders.slice(0, posts)).join('/')],
    ['year', year],
    ['month', month],
    ['day', day],
  ]);
  return { isIndex, byName };
}

/** Fills a pattern in. The page of a folder's index is the folder. */
function expand(pattern: string, { isIndex, byName }: PathValues): string {
  const filled = pattern
    .replace(/:([a-z]+)/g, (mark, name: string) => byName.get(name) ?? mark)
    .replace(/\/{2,}/g, '/');
  if (!isIndex || !/:(?:path|name)/.test(pattern)) return filled;
  return filled.replace(/\.html?$/, '').replace(/\/?$/, '/');
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
