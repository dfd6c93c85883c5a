/** Where the leaves of a plan stand in a text, and how much that counts: the definitions of `src/domain/plan.ts`. */
import type { Term } from '../../../src/domain/ids.ts';
import type { Leaf, Plan, TermGroup } from '../../../src/domain/plan.ts';
import type { IndexedText } from './texts.ts';

export function groupsOf(leaf: Leaf, plan: Plan): TermGroup[] {
  const numbers = leaf.kind === 'term' ? [leaf.group] : leaf.groups;
  return numbers.map((group) => plan.groups[group] as TermGroup);
}

/** How often a text holds a leaf, each occurrence by its weight. */
export function frequencyIn(text: IndexedText, leaf: Leaf, plan: Plan): number {
  return sum(occurrencesIn(text, leaf, plan));
}

/** How many words of a text a leaf names, for its cover. */
export function wordsNamedIn(text: IndexedText, leaf: Leaf, plan: Plan): number {
  const counted = text.field === 'heading' && leaf.kind === 'term' ? withoutPrefixes(plan) : plan;
  return groupsOf(leaf, plan).length * occurrencesIn(text, leaf, counted).length;
}

/** Whether the second group stands right behind the first anywhere in a text. */
export function areNeighboursIn(text: IndexedText, pair: Plan['neighbours'][number], plan: Plan): boolean {
  return occurrencesIn(text, { kind: 'phrase', groups: pair }, withoutPrefixes(plan)).length > 0;
}

/** Groups of nothing but their named terms. */
function withoutPrefixes(plan: Plan): Plan {
  return { ...plan, groups: plan.groups.map((group) => ({ ...group, prefix: null })) };
}

/** The weight of each occurrence. */
function occurrencesIn(text: IndexedText, leaf: Leaf, plan: Plan): number[] {
  const groups = groupsOf(leaf, plan);
  if (!groups.every((group) => group.fields.includes(text.field))) return [];
  const [only] = groups;
  const weights =
    leaf.kind === 'term'
      ? text.words.flat().map((term) => weightOf(term, only as TermGroup))
      : leaf.kind === 'phrase'
        ? places(groups, text)
        : stretches(groups, leaf.distance, text);
  return weights.filter((weight) => weight > 0);
}

/** The places where one group stands behind the other, each weighing as its lightest member. */
function places(groups: readonly TermGroup[], { words }: IndexedText): number[] {
  return words.map((_, start) => Math.min(...groups.map((group, offset) => weightAt(words, start + offset, group))));
}

/** Of the terms at one position, `#tag` and `tag`, the one that weighs most stands for the group. */
function weightAt(words: IndexedText['words'], position: number, group: TermGroup): number {
  return Math.max(0, ...(words[position] ?? []).map((term) => weightOf(term, group)));
}

/** The stretches that hold all groups and no smaller such stretch, each weighing as its lightest group's last word. */
function stretches(groups: readonly TermGroup[], distance: number, { words }: IndexedText): number[] {
  const lastWeight = (group: TermGroup, start: number, end: number) => {
    for (let position = end; position >= start; position--) {
      const weight = weightAt(words, position, group);
      if (weight > 0) return weight;
    }
    return 0;
  };
  const weightOfStretch = (start: number, end: number) =>
    Math.min(...groups.map((group) => lastWeight(group, start, end)));
  return words.flatMap((_, start) =>
    words.map((__, end) => {
      if (end < start || end - start > distance + groups.length - 1) return 0;
      const holdsSmaller = weightOfStretch(start + 1, end) > 0 || weightOfStretch(start, end - 1) > 0;
      return holdsSmaller ? 0 : weightOfStretch(start, end);
    }),
  );
}

/** What an occurrence of the term counts for the group; 0 where it does not stand for it. */
function weightOf(term: Term, group: TermGroup): number {
  const named = group.terms.find((planned) => planned.term === term);
  if (named !== undefined) return named.weight;
  return group.prefix !== null && term.startsWith(group.prefix.prefix) ? group.prefix.weight : 0;
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
