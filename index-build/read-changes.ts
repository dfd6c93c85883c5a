/**
 * Steps 1 and 2 of a build: tells in path order for each file that was found whether it is as the snapshot before has
 * it, or what is in it now. Groups of files are read by the crew, some ahead of the one that is told.
 */
import type { FileProblem } from '../src/domain/problem.ts';
import { type Catalogue, type CatalogueEntry, isCertainlyUnchanged } from './catalogue.ts';
import { Crew } from './crew.ts';
import type { EncodedArticle } from './encode-article.ts';
import type { FoundFile } from './find-files.ts';
import { type FileContent, type FileFacts, readFiles } from './read-files.ts';

export type FileState =
  /** Nothing changed; `entry` has its file data brought up to date. */
  | { readonly kind: 'unchanged'; readonly entry: CatalogueEntry; readonly place: number }
  | {
      readonly kind: 'read';
      readonly file: FileFacts;
      readonly articles: readonly EncodedArticle[];
      readonly problems: readonly FileProblem[];
    }
  /**
   * Nothing changed, but the snapshot before lacks an article of it, since another file had its id. As long as no other
   * file changes that stays so; else `read` gives its articles, or what became of it meanwhile.
   */
  | { readonly kind: 'incomplete'; readonly entry: CatalogueEntry; readonly read: () => Promise<ReadAgain> }
  /** It could not be opened; the next build tries again. */
  | { readonly kind: 'unreadable'; readonly problem: FileProblem };

/** What became of a file that was opened; `isSame`: with the content that it had before. */
export type ReadAgain =
  | { readonly isSame: boolean; readonly state: Extract<FileState, { kind: 'read' }> }
  | { readonly isSame: false; readonly state: Extract<FileState, { kind: 'unreadable' }> };

/** A group takes some hundredths of a second: handing it over costs little beside that, and little is read ahead. */
const filesAtOnce = 64;
const bytesAtOnce = 512 * 1024;

/** `place` of an unchanged file is its index in `catalogue`. Without a crew all is read in this thread. */
export async function* readChanges(
  root: string,
  files: readonly FoundFile[],
  { catalogue, crew = new Crew({ workers: 0 }) }: { readonly catalogue: Catalogue; readonly crew?: Crew },
): AsyncGenerator<FileState> {
  const places = new Map(catalogue.map((entry, place) => [entry.path, place]));
  const steps = files.map((found): Step => {
    const place = places.get(found.path);
    if (place === undefined) return { found, known: null, isSettled: false };
    const entry = catalogue[place] as CatalogueEntry;
    return { found, known: { place, entry }, isSettled: isCertainlyUnchanged(entry, found) };
  });
  crew.expect(steps.reduce((sum, { found, isSettled }) => (isSettled ? sum : sum + found.sizeBytes), 0));

  const ahead: Group[] = [];
  const rest = groups(steps);
  for (;;) {
    while (ahead.length <= crew.ahead) {
      const { done, value } = rest.next();
      if (done === true) break;
      ahead.push({ steps: value, contents: readGroup(root, value, crew) });
    }
    const group = ahead.shift();
    if (group === undefined) return;
    const contents = await group.contents;
    for (const step of group.steps) yield stateOf(root, step, contents.get(step) ?? null);
  }
}

interface Step {
  readonly found: FoundFile;
  readonly known: { readonly place: number; readonly entry: CatalogueEntry } | null;
  /** Whether its file data alone show that nothing changed. */
  readonly isSettled: boolean;
}

interface Group {
  readonly steps: readonly Step[];
  readonly contents: Promise<ReadonlyMap<Step, FileContent>>;
}

function readGroup(root: string, steps: readonly Step[], crew: Crew): Promise<ReadonlyMap<Step, FileContent>> {
  const open = steps.filter(({ isSettled }) => !isSettled);
  if (open.length === 0) return Promise.resolve(new Map());
  const files = open.map(({ found, known }) => ({ found, knownHash: known?.entry.contentHash ?? null }));
  const contents = crew
    .read({ root, files })
    .then((read) => new Map(open.map((step, index) => [step, read[index] as FileContent])));
  // What fails ahead of its turn is told when it is its turn.
  contents.catch(() => undefined);
  return contents;
}

function stateOf(root: string, { found, known }: Step, content: FileContent | null): FileState {
  if (content !== null && content.kind !== 'same') return content;
  if (known === null) throw new Error(`nothing is known of "${found.path}"`);
  const { place } = known;
  const entry = content === null ? known.entry : { ...known.entry, ...content.file };
  if (!entry.hasDuplicates) return { kind: 'unchanged', entry, place };
  return { kind: 'incomplete', entry, read: () => readAgain(root, found, entry) };
}

async function readAgain(root: string, found: FoundFile, entry: CatalogueEntry): Promise<ReadAgain> {
  const [content] = readFiles({ root, files: [{ found, knownHash: null }] });
  if (content === undefined || content.kind === 'same') throw new Error(`"${found.path}" was not read`);
  if (content.kind === 'unreadable') return { isSame: false, state: content };
  return { isSame: content.file.contentHash === entry.contentHash, state: content };
}

function* groups(steps: readonly Step[]): Generator<readonly Step[]> {
  let group: Step[] = [];
  let bytes = 0;
  for (const step of steps) {
    const { sizeBytes } = step.found;
    if (group.length >= filesAtOnce || (group.length > 0 && bytes + sizeBytes > bytesAtOnce)) {
      yield group;
      group = [];
      bytes = 0;
    }
    group.push(step);
    bytes += step.isSettled ? 0 : sizeBytes;
  }
  if (group.length > 0) yield group;
}
