/** Starts a step in a process of its own and waits for its result. */
import { fork } from 'node:child_process';
import path from 'node:path';
import type { StepJob, StepMessage, StepName, StepResult } from './steps.ts';

export interface StepOptions {
  /** The Node to run; this one where left out. */
  readonly node?: string;
  /** Parameters for Node. */
  readonly nodeParameters?: readonly string[];
  /** The step is ended when it takes longer. */
  readonly timeoutMs?: number;
  readonly onPart?: (part: unknown) => void;
}

/** Throws an `Error` that says in one sentence how the step failed: its own error, its time, or its memory. */
export async function runStep<Name extends StepName>(
  name: Name,
  job: StepJob<Name>,
  options: StepOptions = {},
): Promise<StepResult<Name>> {
  const child = fork(path.join(import.meta.dirname, `main${path.extname(import.meta.filename)}`), ['step', name], {
    execPath: options.node ?? process.execPath,
    execArgv: [...(options.nodeParameters ?? [])],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let complaint = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-10_000);
  });
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    child.kill('SIGKILL');
  }, options.timeoutMs ?? defaultTimeoutMs);
  const outcome: { result?: unknown; failure?: string } = {};
  child.on('message', (message: StepMessage) => {
    if (message.kind === 'part') options.onPart?.(message.part);
    else if (message.kind === 'result') outcome.result = message.result;
    else outcome.failure = message.message;
  });
  child.send(job);
  const ended = await new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal }));
  }).finally(() => clearTimeout(timer));
  if (outcome.failure !== undefined) throw new Error(outcome.failure);
  if ('result' in outcome) return outcome.result as StepResult<Name>;
  if (isLate) throw new Error(`took more than ${Math.round((options.timeoutMs ?? defaultTimeoutMs) / 1000)} s`);
  throw new Error(explainEnd(ended, complaint));
}

/** A bench that hangs is worse than one that gives up. */
const defaultTimeoutMs = 3_600_000;

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** V8 ends a process that has no more memory with a message of its own; the system does it without any. */
function explainEnd({ code, signal }: Ended, complaint: string): string {
  if (/heap out of memory|Array buffer allocation failed/i.test(complaint)) return 'ran out of memory';
  if (signal === 'SIGKILL') return 'was ended by the system, probably out of memory';
  const lastLine = complaint.trim().split('\n').at(-1) ?? '';
  return `ended with ${signal ?? `exit code ${code}`} ${lastLine}`.trim();
}
