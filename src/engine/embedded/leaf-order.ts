/** In which order a plan's leaves are evaluated, and which of them every match holds. */
import type { Leaf, PlanNode } from '../../domain/plan.ts';
import type { IndexedGroup } from './group-reader.ts';

/** Numbers of the leaves: those that are excluded, then those that only match, then those that score, the rarest first. */
export function orderLeaves(leaves: readonly Leaf[], groups: readonly IndexedGroup[], kinds: LeafKinds): number[] {
  const df = leaves.map((leaf, number) => {
    if (kinds.excluded.has(number)) return -2;
    return kinds.scoring.includes(number) ? dfOf(leaf, groups) : -1;
  });
  return leaves.map((_, number) => number).sort((a, b) => (df[a] as number) - (df[b] as number) || a - b);
}

interface LeafKinds {
  readonly excluded: ReadonlySet<number>;
  readonly scoring: readonly number[];
}

/** Leaves without which an article does not match, as far as that is seen at once. */
export function requiredLeaves(root: PlanNode): ReadonlySet<number> {
  const required = new Set<number>();
  for (const node of root.kind === 'all' ? root.nodes : [root]) {
    if (node.kind === 'leaf') required.add(node.leaf);
    if (node.kind !== 'enough') continue;
    const total = node.nodes.reduce((sum, { mass }) => sum + mass, 0);
    for (const { node: member, mass } of node.nodes) {
      if (member.kind === 'leaf' && total - mass < node.minimum) required.add(member.leaf);
    }
  }
  return required;
}

/** How many articles hold the rarest of a leaf's groups. */
function dfOf(leaf: Leaf, groups: readonly IndexedGroup[]): number {
  const numbers = leaf.kind === 'term' ? [leaf.group] : leaf.groups;
  return Math.min(...numbers.map((number) => (groups[number] as IndexedGroup).group.df.articles));
}
