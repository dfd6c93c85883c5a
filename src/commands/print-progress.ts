/** Progress of a build as one line of text: what is done, how fast, and how long it will still take. */
import type { BuildProgress } from '../../index-build/build-progress.ts';

export interface ProgressOutput {
  /** Whether lines can be written over each other. */
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Milliseconds between two lines, and before the first: a build that takes no second shows none. */
const firstMs = 1000;
const everyMs = { terminal: 200, file: 5000 } as const;

/** On a terminal one line that changes, elsewhere a line now and then and one for each phase. */
export class ProgressPrinter {
  readonly #output: ProgressOutput;
  readonly #now: () => number;
  readonly #startedMs: number;
  #nextMs = firstMs;
  #phase: BuildProgress['phase'] = 'reading';
  #isLineOpen = false;

  /** `now` in milliseconds. */
  constructor(output: ProgressOutput, now: () => number = () => performance.now()) {
    this.#output = output;
    this.#now = now;
    this.#startedMs = now();
  }

  print(progress: BuildProgress): void {
    const passedMs = this.#now() - this.#startedMs;
    const isNewPhase = progress.phase !== this.#phase;
    if (passedMs < firstMs || (passedMs < this.#nextMs && !isNewPhase)) return;
    this.#phase = progress.phase;
    const isTerminal = this.#output.isTTY === true;
    this.#nextMs = passedMs + (isTerminal ? everyMs.terminal : everyMs.file);
    const line = progressLine(progress, passedMs);
    this.#output.write(isTerminal ? `\r\x1b[K${line}` : `${line}\n`);
    this.#isLineOpen = isTerminal;
  }

  /** Leaves a terminal's line empty for what comes next. */
  end(): void {
    if (this.#isLineOpen) this.#output.write('\r\x1b[K');
    this.#isLineOpen = false;
  }
}

/** `passedMs`: since the build began. */
export function progressLine({ phase, filesDone, filesFound, paragraphs }: BuildProgress, passedMs: number): string {
  if (phase === 'merging') return `merging: ${paragraphs} paragraphs of ${filesDone} files`;
  const perMs = filesDone / passedMs;
  const rates = `${perSecond(filesDone, passedMs)} files and ${perSecond(paragraphs, passedMs)} paragraphs a second`;
  const left = perMs === 0 ? '' : `, ${duration((filesFound - filesDone) / perMs)} left`;
  return `reading: ${filesDone} of ${filesFound} files, ${rates}${left}`;
}

function perSecond(count: number, passedMs: number): number {
  return Math.round((count / passedMs) * 1000);
}

function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
