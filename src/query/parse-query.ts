/**
 * Query text → tree and problems: the first step of a query's journey. Whatever the text, there is an answer and
 * never an error. Cost is linear in the text, which is cut at `limits.queryLength`.
 *
 *   all     = any any … (a space means most of them)      any  = operand OR operand …
 *   operand = [NOT | - | +] ( word | "phrase" | word* | field:… | "(" all ")" )
 */
import { limits } from '../domain/limits.ts';
import type { QueryProblem } from '../domain/problem.ts';
import type { Query, QueryField } from '../domain/query.ts';
import { allOf, anyOf, completeQuery, demand, negate } from './combine-query.ts';
import { QueryProblems } from './query-problems.ts';
import { cutText, type Lexeme, scanQuery } from './scan-query.ts';

export interface ParsedQuery {
  readonly query: Query;
  readonly problems: readonly QueryProblem[];
}

/** `today` (`YYYY-MM-DD`) gives `date:today` and `after:yesterday` their meaning; without it they are words. */
export function parseQuery(text: string, options: { readonly today?: string } = {}): ParsedQuery {
  const problems = new QueryProblems();
  const searched = cutText(text, limits.queryLength);
  const isWhole = searched.length === text.length;
  if (!isWhole) {
    const message = `The query was cut after ${limits.queryLength} characters.`;
    problems.add('too-long', message, [searched.length, text.length]);
  }
  const lexemes = scanQuery(searched, problems, { today: options.today ?? null, isWhole });
  const tree = buildTree(lexemes, problems);
  return { query: completeQuery(tree && pruneTree(tree, problems, text)), problems: problems.list() };
}

/** Parentheses, or the whole text, while they are being read. */
interface Group {
  /** The field that words inside are restricted to. */
  readonly field: QueryField | null;
  readonly open: Lexeme | null;
  readonly members: Member[];
  /** OR or AND, and a negation or a plus, that wait for the next operand. */
  operator: Lexeme | null;
  negation: Lexeme | null;
  demand: Lexeme | null;
  isEmpty: boolean;
}

/** One or more alternatives, … */
interface Member {
  readonly alternatives: Query[];
  /** … and whether AND stands beside them, so that they may not be missing. */
  isDemanded: boolean;
}

/** A stack of its own instead of recursion, so that a thousand parentheses are as harmless as one. */
function buildTree(lexemes: readonly Lexeme[], problems: QueryProblems): Query | null {
  const root = openGroup(null, null);
  const inner: Group[] = [];
  for (const lexeme of lexemes) {
    const group = inner.at(-1) ?? root;
    if (lexeme.kind === 'operand') addOperand(group, lexeme.query);
    else if (lexeme.kind === 'open') inner.push(openGroup(lexeme, lexeme.field ?? group.field));
    else if (lexeme.kind !== 'close') addOperator(group, lexeme, problems);
    else if (inner.pop() !== undefined) addOperand(inner.at(-1) ?? root, closeGroup(group, problems));
    else problems.add('unopened-parenthesis', 'A closing parenthesis without an opening one was ignored.', at(lexeme));
  }
  for (let group = inner.pop(); group !== undefined; group = inner.pop()) {
    if (group.open !== null) {
      problems.add(
        'unclosed-parenthesis',
        'A parenthesis is not closed: it was taken to reach the end.',
        at(group.open),
      );
    }
    addOperand(inner.at(-1) ?? root, closeGroup(group, problems));
  }
  return closeGroup(root, problems);
}

function openGroup(open: Lexeme | null, field: QueryField | null): Group {
  return { field, open, members: [], operator: null, negation: null, demand: null, isEmpty: true };
}

function addOperand(group: Group, operand: Query | null): void {
  const isAlternative = group.operator?.kind === 'or';
  const isBehindAnd = group.operator?.kind === 'and';
  const isNegated = group.negation !== null;
  const isMarked = group.demand !== null;
  const before = group.members.at(-1);
  if (isBehindAnd && before !== undefined) before.isDemanded = true;
  group.operator = null;
  group.negation = null;
  group.demand = null;
  group.isEmpty = false;
  if (operand === null) return;
  const fielded = group.field === null ? operand : restrictTo(group.field, operand);
  const query = isNegated ? negate(fielded) : isMarked ? demand(fielded) : fielded;
  if (isAlternative && before !== undefined) before.alternatives.push(query);
  else group.members.push({ alternatives: [query], isDemanded: isBehindAnd });
}

function addOperator(group: Group, lexeme: Lexeme, problems: QueryProblems): void {
  if (lexeme.kind === 'must') group.demand = lexeme;
  else if (lexeme.kind === 'not') {
    if (group.negation === null) group.negation = lexeme;
    else problems.add('double-negation', 'A negation directly behind another one was ignored.', at(lexeme));
  } else if (group.members.length === 0 || group.operator !== null || group.negation !== null) {
    reportDangling(lexeme, problems);
  } else {
    group.operator = lexeme;
  }
}

function closeGroup(group: Group, problems: QueryProblems): Query | null {
  for (const waiting of [group.operator, group.negation]) if (waiting !== null) reportDangling(waiting, problems);
  if (group.isEmpty && group.open !== null) {
    problems.add('empty-parentheses', 'Parentheses with nothing between them were ignored.', at(group.open));
  }
  return allOf(group.members.map(combineMember).filter((query) => query !== null));
}

function combineMember({ alternatives, isDemanded }: Member): Query | null {
  const query = anyOf(alternatives);
  return query !== null && isDemanded ? demand(query) : query;
}

function reportDangling(lexeme: Lexeme, problems: QueryProblems): void {
  const name = lexeme.kind.toUpperCase();
  const message =
    lexeme.kind === 'not'
      ? 'NOT with nothing behind it was ignored.'
      : `${name} was ignored: it stands between two words or groups. To look for the word, put it in quotation marks.`;
  problems.add('dangling-operator', message, at(lexeme));
}

/** A word's own field wins over that of the parentheses around it. */
function restrictTo(field: QueryField, query: Query): Query {
  switch (query.kind) {
    case 'term':
    case 'phrase':
    case 'prefix':
      return query.field === null ? { ...query, field } : query;
    case 'all':
      return { ...query, queries: query.queries.map((member) => restrictTo(field, member)) };
    case 'must':
      return { ...query, query: restrictTo(field, query.query) };
    default:
      return query;
  }
}

/**
 * Leaves out what needs more than `limits.queryNesting` levels of parentheses. Counted on the tree, so that
 * superfluous parentheses do no harm. Recursion is bounded by the same limit.
 */
function pruneTree(tree: Query, problems: QueryProblems, text: string): Query | null {
  const prune = (query: Query, depth: number): Query | null => {
    if (depth > limits.queryNesting) {
      const message = `What stood in more than ${limits.queryNesting} levels of parentheses was left out.`;
      problems.add('too-deep', message, [0, text.length]);
      return null;
    }
    const pruneMembers = (queries: readonly Query[], groupKind: Query['kind'] | null) =>
      queries
        .map((member) => prune(member, member.kind === groupKind ? depth + 1 : depth))
        .filter((member) => member !== null);
    if (query.kind === 'all') return allOf(pruneMembers(query.queries, null));
    if (query.kind === 'any') return anyOf(pruneMembers(query.queries, 'all'));
    if (query.kind === 'must') {
      const inner = prune(query.query, query.query.kind === 'any' ? depth + 1 : depth);
      return inner && demand(inner);
    }
    if (query.kind !== 'not') return query;
    const isGroup = query.query.kind === 'all' || query.query.kind === 'any';
    const pruned = prune(query.query, isGroup ? depth + 1 : depth);
    return pruned && negate(pruned);
  };
  return prune(tree, 0);
}

function at(lexeme: Lexeme): readonly [number, number] {
  return [lexeme.start, lexeme.end];
}
