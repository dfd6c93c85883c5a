/**
 * The names by which pages call what stands around their articles: menus, share bars, cookie notes, comments. Part of
 * finding the main content.
 */
import { attributeOf, type HtmlElement } from './html-tree.ts';

/** Words of ids and classes; each alone says that an element is no part of the article. */
const frameWords = new Set(
  (
    'ad ads adbox advert advertisement advertising adsense addthis backtotop breadcrumb breadcrumbs carousel comment comments ' +
    'commentlist consent cookie cookies copyright disqus dropdown editsection flyout follow footer gdpr hamburger hidden ' +
    'infobar interstitial livefyre login masthead megamenu menu menubar mostpopular mostread nav navbar navbox navi ' +
    'navigation newsletter offscreen outbrain overlay pager pagination paginator paywall popular popup ' +
    'promo promotion promotions recirc recommend recommendation recommendations recommended related relatedposts reply replies ' +
    'respond screenreader share sharebar sharedaddy sharelinks sharing shoutbox sidebar sidenav signin signup skip skyscraper ' +
    'social sociallinks socialmedia sponsor sponsored sponsors subscribe subscription taboola teaser teasers toc toolbar topbar ' +
    'trending tweet widget widgets'
  ).split(' '),
);

/** Words beside each other that say it together. */
const framePairs =
  /(?:^| )(?:most (?:read|viewed|shared|commented|emailed)|more (?:from|stories|news|articles|on|like)|read (?:next|more|also)|see also box|you may|sr only|visually hidden|table of contents|site (?:header|footer|nav)|page (?:header|footer|nav|tools)|post (?:nav|navigation|tags|footer)|entry (?:footer|tags)|author (?:bio|box|info|card)|about (?:the )?author|article (?:footer|tools|tags|related)|story (?:tools|footer|related)|jump (?:link|to)|back to top|edit (?:page|link|section)|pre footer|tag (?:list|cloud)|prev next|next prev|side bar|print (?:only|link)|mw jump|cat links|noprint)(?: |$)/;

/** Words that say the opposite; an element that has both is looked at by its text. */
const contentWords =
  /(?:^| )(?:article|articlebody|body|content|entry|hentry|main|maincontent|page|post|story|text)(?: |$)/;

const commentWords = /(?:^| )(?:comments?|commentlist|disqus|livefyre|respond|replies)(?: |$)/;

/** What an element's names say of it. */
export type NameVerdict = 'frame' | 'comments' | 'doubtful' | null;

export function judgeNames(element: HtmlElement): NameVerdict {
  const id = attributeOf(element, 'id') ?? '';
  const classes = attributeOf(element, 'class') ?? '';
  if (id === '' && classes === '') return null;
  const words = wordsOf(`${id} ${classes}`.slice(0, namesLength));
  if (!words.some((word) => frameWords.has(word)) && !framePairs.test(words.join(' '))) return null;
  const joined = words.join(' ');
  if (commentWords.test(joined)) return 'comments';
  return contentWords.test(joined) ? 'doubtful' : 'frame';
}

/** Characters of an element's names that are looked at. */
const namesLength = 500;

/** `relatedPosts share-bar` → `related`, `posts`, `share`, `bar`. */
function wordsOf(names: string): readonly string[] {
  return names
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '');
}

/** Headings above lists of other articles, in some of the languages of the web. */
const frameHeading =
  /^(?:(?:more|most|also) (?:from|on|in|stories|news|read|popular|viewed|like this|coverage|by)\b.*|related(?: (?:articles?|stories|posts?|topics?|content|links?|news|coverage|items?|reading|video\w*))?|recommended(?: .{0,30})?|you (?:may|might) (?:also )?(?:like|enjoy|be interested).*|(?:read|up) next|read (?:more|also)|what to read next|don['’]t miss|trending(?: .{0,20})?|popular(?: .{0,20})?|latest(?: .{0,20})?|editor['’]?s['’]? picks?|share (?:this|on).{0,30}|comments?(?: \(\d+\))?|\d+ (?:comments?|responses?|replies|thoughts on .*)|leave a (?:reply|comment)|(?:sign up|subscribe).{0,60}|follow us.{0,30}|advertisement|sponsored.{0,20}|about the authors?|mehr zum thema|lesen sie auch|auch interessant|das könnte sie.{0,30}|à lire aussi|lire aussi|sur le même sujet|les plus lus|lee también|te puede interesar|noticias relacionadas|más leídas?|leggi anche|potrebbe interessarti.{0,20}|leia (?:também|mais)|lees ook|läs (?:också|mer)|читайте также|материалы по теме|читайте також|関連記事|相关(?:阅读|新闻|文章))[:：]?$/i;

/** Whether a heading says that other articles, or comments, follow. */
export function isFrameHeading(text: string): boolean {
  return text.length <= 100 && frameHeading.test(text);
}
