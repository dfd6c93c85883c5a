/** `lede search QUERY`: the answer of the search box, in a terminal or as JSON. */

import { ownersSentences, pinnedText } from '../../views/wording.ts';
import type { Hit, Range, Results } from '../domain/results.ts';
import type { PinsStatus } from '../domain/service-status.ts';
import { closeSearchable, openSearchable } from '../open-searchable.ts';
import { search } from '../search.ts';
import { PinnedArticles } from '../service/pinned-articles.ts';
import type { Settings } from '../settings.ts';
import { countText } from './count-text.ts';
import { printableText } from './printable-text.ts';

/** Returns the exit code: 0 also where nothing matches. */
export async function runSearch(
  { data, pins, recency, recencyDays }: Settings,
  query: string,
  options: { readonly limit: number; readonly isJson: boolean },
): Promise<number> {
  const searchable = await openSearchable(data);
  try {
    const { limit } = options;
    const request = {
      query,
      facets: {},
      from: null,
      to: null,
      match: 'most',
      sort: 'relevance',
      offset: 0,
      limit,
    } as const;
    const choices = {
      pinned: await new PinnedArticles(pins, tellPins).of(query, searchable),
      recency: recency === 0 ? null : { share: recency, halfLifeDays: recencyDays },
    };
    const results = await search({ ...request, isTyping: false, correctsTypos: true }, searchable, { choices });
    process.stdout.write(options.isJson ? `${JSON.stringify(results, null, 2)}\n` : formatResults(results));
    return 0;
  } finally {
    await closeSearchable(searchable);
  }
}

function tellPins({ problems }: PinsStatus): void {
  for (const { line, reason } of problems) process.stderr.write(`lede: pins, line ${line}: ${printableText(reason)}\n`);
}

function formatResults(results: Results): string {
  const { allWords, count, exact } = results.total;
  const having = allWords === count ? '' : `, ${allWords === 0 ? 'none' : allWords} with all the words,`;
  const lines = [
    `${exact ? '' : 'at least '}${countText(count, 'article')}${having} in ${results.tookMs} ms: ${results.understood.text}`,
    ...results.problems.map(({ message }) => `note: ${message}`),
  ];
  const { owners } = results.understood;
  if (owners !== null) lines.push(...ownersSentences(owners));
  if (results.suggestion !== null) lines.push(`did you mean: ${results.suggestion}`);
  return `${[...lines.map(printableText), ...results.hits.map(formatHit)].join('\n')}\n`;
}

function formatHit({ article, titleHighlights, paragraphs, missing, pinned }: Hit): string {
  const facts = [article.source, article.date, article.path].filter((fact) => fact !== null);
  const lines = ['', mark(article.title, titleHighlights), `  ${printableText(facts.join(' · '))}`];
  if (pinned) lines.push(`  ${pinnedText}`);
  if (missing.length > 0) lines.push(`  missing: ${printableText(missing.join(', '))}`);
  for (const { text, highlights, truncated } of paragraphs) {
    lines.push(`  ${truncated.start ? '… ' : ''}${mark(text, highlights)}${truncated.end ? ' …' : ''}`);
  }
  return lines.join('\n');
}

/** Bold on a terminal, in brackets elsewhere. */
function mark(text: string, highlights: readonly Range[]): string {
  const [open, close] = process.stdout.isTTY ? ['\x1b[1m', '\x1b[22m'] : ['[', ']'];
  let marked = '';
  let at = 0;
  for (const [start, end] of highlights) {
    marked += `${printableText(text.slice(at, start))}${open}${printableText(text.slice(start, end))}${close}`;
    at = end;
  }
  return marked + printableText(text.slice(at));
}
