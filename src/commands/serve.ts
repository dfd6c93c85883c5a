/** `lede serve`: runs the service until it is asked to end. */
import { type RunningService, serve } from '../serve.ts';
import type { Settings } from '../settings.ts';
import { countText } from './count-text.ts';

/** Returns the exit code, once SIGINT or SIGTERM came and requests are through; a second signal ends it at once. */
export async function runServe(settings: Settings): Promise<number> {
  const ending = new AbortController();
  const { signal } = ending;
  const asked = new Promise((resolve) => signal.addEventListener('abort', resolve));
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => (signal.aborted ? process.exit(1) : ending.abort()));
  }
  try {
    const service = await serve(settings, signal);
    process.stdout.write(`${formatStart(service)}\n`);
    await asked;
    await service.stop();
  } catch (error) {
    if (error !== signal.reason) throw error;
  }
  return 0;
}

function formatStart({ url, status }: RunningService): string {
  const { snapshot } = status();
  if (snapshot === null) return url;
  const age = formatAge(Date.now() - Date.parse(snapshot.publishedAt));
  const size = `${countText(snapshot.articles, 'article')}, ${countText(snapshot.paragraphs, 'paragraph')}`;
  return `Lede answers at ${url} – ${size}, indexed ${age}`;
}

function formatAge(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 120) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ago` : `${Math.floor(hours / 24)} days ago`;
}
