/** Values of the domain in words for people: numbers, days, languages, facets, kinds of match. Pure; no markup. */
import type { FacetName } from '../src/domain/plan.ts';
import type { UnderstoodOwners } from '../src/domain/results.ts';

const numbers = new Intl.NumberFormat('en');
const days = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const moments = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});
const languages = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' });

export const facetLabels: Readonly<Record<FacetName, string>> = {
  source: 'Source',
  author: 'Author',
  tag: 'Tag',
  language: 'Language',
  year: 'Year',
};

/** `1805` → “1,805”. */
export function numberText(value: number): string {
  return numbers.format(value);
}

/** `1, 'article'` → “1 article”; the plural ends in s. */
export function countText(count: number, noun: string): string {
  return `${numberText(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Stands with an article that is pinned to the query. */
export const pinnedText = 'Chosen by the editors';

/** What the owners of the articles added to the order, a sentence each; pinned articles say so themselves. */
export function ownersSentences({ weights, recency }: UnderstoodOwners): readonly string[] {
  const sentences: string[] = [];
  if (weights === 'counted') sentences.push('The editors gave some articles more weight, or less.');
  if (recency !== null) {
    const percent = numberText(Math.round(recency.share * 1000) / 10);
    const half = countText(recency.halfLifeDays, 'day');
    sentences.push(`Newer articles are favoured: by ${percent} % at most, by half of that at an age of ${half}.`);
  }
  return sentences;
}

/** `2022-09-13` → “13 September 2022”; anything else as it is. */
export function dayText(day: string): string {
  const date = /^\d{4}-\d{2}-\d{2}$/.test(day) ? new Date(`${day}T00:00:00Z`) : new Date(Number.NaN);
  return Number.isNaN(date.getTime()) ? day : days.format(date);
}

/** An ISO 8601 moment → “13 September 2022 at 05:00 UTC”. */
export function timestampText(moment: string): string {
  const date = new Date(moment);
  return Number.isNaN(date.getTime()) ? moment : `${moments.format(date)} UTC`;
}

/** Whole milliseconds, with one decimal below ten. */
export function durationText(ms: number): string {
  return `${ms < 10 ? ms.toFixed(1) : numberText(Math.round(ms))} ms`;
}

/** What a facet's value is called: language codes by name, everything else as it is. */
export function facetValueText(facet: FacetName, value: string): string {
  return facet === 'language' ? languageText(value) : value;
}

function languageText(code: string): string {
  // DisplayNames throws for what cannot be a language code.
  return /^[a-z]{2,3}$/.test(code) ? (languages.of(code) ?? code) : code;
}
