/**
 * What is measured in a process of its own, by name. A step loads only what it needs, so that its memory is that of what
 * it measures. Job and result travel between the processes as JSON.
 */

/** Hands over a part of the result at once: it stays even if the step fails later. */
export type Tell = (part: unknown) => Promise<void>;

export const steps = {
  corpus: async (job: import('./write-corpus.ts').CorpusJob) => (await import('./write-corpus.ts')).writeCorpus(job),
  queries: async (job: import('./draw-queries.ts').DrawJob) => (await import('./draw-queries.ts')).drawAndWrite(job),
  build: async (job: import('./measure-build.ts').BuildJob) => (await import('./measure-build.ts')).measureBuild(job),
  open: async (job: import('./measure-open.ts').OpenJob) => (await import('./measure-open.ts')).measureOpen(job),
  engine: async (job: import('./measure-engine.ts').EngineJob) =>
    (await import('./measure-engine.ts')).measureEngine(job),
  peer: async (job: import('./peers/measure-peer.ts').PeerJob, tell: Tell) =>
    (await import('./peers/measure-peer.ts')).measurePeer(job, tell),
};

export type StepName = keyof typeof steps;
export type StepJob<Name extends StepName> = Parameters<(typeof steps)[Name]>[0];
export type StepResult<Name extends StepName> = Awaited<ReturnType<(typeof steps)[Name]>>;

/** What a step's process sends. */
export type StepMessage =
  | { readonly kind: 'part'; readonly part: unknown }
  | { readonly kind: 'result'; readonly result: unknown }
  | { readonly kind: 'failure'; readonly message: string };

/** In the step's own process: waits for the job, does it, sends what came of it, and ends. */
export async function answerStep(name: string): Promise<void> {
  const step: unknown = Object.entries(steps).find(([known]) => known === name)?.[1];
  if (typeof step !== 'function' || process.send === undefined) throw new Error(`no step "${name}" to be called`);
  // Also where the bench itself was ended: a step must not go on alone.
  process.once('disconnect', () => process.exit());
  const job = await new Promise((resolve) => process.once('message', resolve));
  try {
    const result: unknown = await step(job, (part: unknown) => send({ kind: 'part', part }));
    await send({ kind: 'result', result });
  } catch (error) {
    await send({ kind: 'failure', message: error instanceof Error ? error.message : String(error) });
  }
  process.disconnect();
}

function send(message: StepMessage): Promise<void> {
  return new Promise((resolve, reject) => {
    process.send?.(message, (error: Error | null) => (error === null ? resolve() : reject(error)));
  });
}
