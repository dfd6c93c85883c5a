/** `lede serve`: runs the service until it is asked to end. */
import { type RunningService, serve } from '../serve.ts';
import type { Settings } from '../settings.ts';

/** Returns the exit code, once SIGINT or SIGTERM came and requests are through; a second signal ends it at once. */
export async function runServe(settings: Settings): Promise<number> {
  const asked = signalled();
  const service = await Promise.race([serve(settings), asked]);
  if (typeof service === 'string') return 0;
  process.stdout.write(`${formatStart(service)}\n`);
  await asked;
  process.once('SIGINT', () => process.exit(1));
  process.once('SIGTERM', () => process.exit(1));
  await service.stop();
  return 0;
}

function signalled(): Promise<string> {
  return new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
}

function formatStart({ url, status }: RunningService): string {
  const { snapshot } = status();
  if (snapshot === null) return url;
  const age = formatAge(Date.now() - Date.parse(snapshot.publishedAt));
  return `Lede answers at ${url} – ${snapshot.articles} articles, ${snapshot.paragraphs} paragraphs, indexed ${age}`;
}

function formatAge(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 120) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ago` : `${Math.floor(hours / 24)} days ago`;
}
