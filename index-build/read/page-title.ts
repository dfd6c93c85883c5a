/** The title of a page without the name of its site, as far as one page can tell. Part of reading HTML. */
import { cleanText } from './clean-text.ts';

/** What is known for telling a site's name from a title. */
export interface TitleContext {
  /** Names that the page calls its site by. */
  readonly siteNames: readonly string[];
  /** Texts of the page's headings. */
  readonly headings: readonly string[];
}

/** Takes the name of the site off; null where nothing else is left. */
export function bareTitle(title: string, { siteNames, headings }: TitleContext): string | null {
  const text = cleanText(title);
  const sites = siteNames.map(lettersOf).filter((name) => name !== '');
  if (text === '' || sites.includes(lettersOf(text))) return null;
  const known = headings.map(lettersOf);
  const cut = cutsOf(text).find(
    ({ kept, dropped }) =>
      sites.includes(lettersOf(dropped)) || (known.includes(lettersOf(kept)) && !known.includes(lettersOf(text))),
  );
  return cut === undefined ? text : (bareTitle(cut.kept, { siteNames, headings }) ?? text);
}

/** Whether a text is what `bareTitle` took off a title: the masthead, where the page names its site nowhere else. */
export function isTakenOff(text: string, title: string, bare: string | null): boolean {
  if (bare === null || lettersOf(text) === '') return false;
  const sides = cutsOf(cleanText(title)).filter(({ kept }) => lettersOf(kept) === lettersOf(bare));
  return sides.some(({ dropped }) => lettersOf(dropped) === lettersOf(text));
}

interface Cut {
  readonly kept: string;
  readonly dropped: string;
}

/** A title's two sides at each separator: the site behind it, or before it. */
function cutsOf(title: string): readonly Cut[] {
  const separators = [...title.matchAll(/\s+[|\-‐–—―·•»«›:/\\~]+\s+|\s*[|｜_»]\s*|:\s+|\s+::\s+/g)].slice(0, 20);
  const behind = separators.map(({ index, 0: mark }) => cutAt(title, index, mark)).toReversed();
  return [...behind, ...behind.map(({ kept, dropped }) => ({ kept: dropped, dropped: kept }))].filter(
    ({ kept, dropped }) => lettersOf(kept) !== '' && lettersOf(dropped) !== '',
  );
}

function cutAt(title: string, index: number, mark: string): Cut {
  return { kept: title.slice(0, index), dropped: title.slice(index + mark.length) };
}

function lettersOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^(?:the|der|die|das|le|la|el|il)\s+/, '')
    .replace(/[^\p{L}\p{N}]/gu, '');
}
