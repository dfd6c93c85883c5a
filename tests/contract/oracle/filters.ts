/** Conditions on article data, as the oracle takes them. */
import type { ArticleData } from '../../../src/domain/article.ts';
import { foldText } from '../../../src/domain/fold-text.ts';
import type { ArticleFilter, FacetName } from '../../../src/domain/plan.ts';

export function passes(data: ArticleData, filter: ArticleFilter): boolean {
  switch (filter.kind) {
    case 'facet':
      return facetValues(data, filter.facet).some((value) => filter.values.includes(value));
    case 'folded':
      return facetValues(data, filter.facet).some((value) => foldText(value) === foldText(filter.value));
    case 'path':
      return data.path.toLowerCase().includes(filter.contains.toLowerCase());
    case 'date':
      return (
        data.date !== null &&
        (filter.from === null || data.date >= filter.from) &&
        (filter.to === null || data.date <= filter.to)
      );
  }
}

export function facetValues(data: ArticleData, facet: FacetName): readonly string[] {
  switch (facet) {
    case 'source':
      return data.source === null ? [] : [data.source];
    case 'author':
      return data.authors;
    case 'tag':
      return data.tags;
    case 'language':
      return data.language === null ? [] : [data.language];
    case 'year':
      return data.date === null ? [] : [data.date.slice(0, 4)];
  }
}
