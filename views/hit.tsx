/** One article among the results: its title, what it is, and the paragraphs that hold the words. */
import type { ArticleSummary, Hit, Snippet } from '../src/domain/results.ts';
import { Marked } from './marked.tsx';
import { outsideAddress, ownAddress } from './outside-link.ts';
import type { SearchLinks } from './search-page-data.ts';
import { countText, dayText, pinnedText } from './wording.ts';

export function HitItem({ hit, query, links }: { hit: Hit; query: string; links: SearchLinks }) {
  const { article } = hit;
  const reader = links.article(article.id, query);
  return (
    <li class="hit">
      <article lang={article.language ?? undefined}>
        <HitKicker article={article} pinned={hit.pinned} />
        <h2 dir="auto">
          <a class="hit-title" href={reader}>
            <Marked text={article.title === '' ? article.path : article.title} ranges={hit.titleHighlights} />
          </a>
        </h2>
        {hit.paragraphs.length > 0 && (
          <ul class="passages">
            {hit.paragraphs.map((snippet) => (
              <Passage snippet={snippet} />
            ))}
          </ul>
        )}
        <HitFoot hit={hit} reader={reader} />
      </article>
    </li>
  );
}

/** What else there is: more paragraphs, the original, words that the article lacks. */
function HitFoot({ hit, reader }: { hit: Hit; reader: string }) {
  const original = outsideAddress(hit.paragraphs[0]?.source ?? null) ?? outsideAddress(hit.article.url);
  if (hit.moreParagraphs === 0 && hit.missing.length === 0 && original === null) return null;
  return (
    <p class="hit-foot" lang="en">
      {hit.moreParagraphs > 0 && <a href={reader}>+{countText(hit.moreParagraphs, 'more paragraph')}</a>}
      {original !== null && (
        <a href={original} rel="external noopener">
          Original ↗
        </a>
      )}
      {hit.missing.length > 0 && (
        <span class="missing">
          Missing:{' '}
          {hit.missing.map((word, index) => (
            <>
              {index > 0 && ', '}
              <s>{word}</s>
            </>
          ))}
        </span>
      )}
    </p>
  );
}

/** Source, day and authors, over the title, and whether the article was chosen. */
function HitKicker({ article, pinned }: { article: ArticleSummary; pinned: boolean }) {
  const { source, date, authors } = article;
  if (source === null && date === null && authors.length === 0 && !pinned) return null;
  return (
    <p class="kicker">
      {pinned && (
        <span class="pinned" lang="en">
          {pinnedText}
        </span>
      )}
      {source !== null && <bdi class="source">{source}</bdi>}
      {date !== null && (
        <time datetime={date} lang="en">
          {dayText(date)}
        </time>
      )}
      {authors.length > 0 && <bdi>{authors.join(', ')}</bdi>}
    </p>
  );
}

/** The whole passage is the link: a click on it lands on it. */
function Passage({ snippet }: { snippet: Snippet }) {
  return (
    <li>
      <a class={`passage ${snippet.kind}`} href={ownAddress(snippet.href)} dir="auto">
        {snippet.heading !== null && (
          <span class="passage-heading">
            <Marked text={snippet.heading} ranges={snippet.headingHighlights} />{' '}
          </span>
        )}
        {snippet.truncated.start && '… '}
        <Marked text={snippet.text} ranges={snippet.highlights} />
        {snippet.truncated.end && ' …'}
      </a>
    </li>
  );
}
