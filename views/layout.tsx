/**
 * What every page shares: head, masthead, footer. Last step of both page journeys: data → HTML.
 * Views are pure functions of their properties; JSX escapes every value, and nothing here is passed as raw markup.
 */
import type { Child } from 'hono/jsx';
import type { SnapshotStatus } from '../src/domain/service-status.ts';
import { countText, timestampText } from './wording.ts';

/** What a page needs to know of the service around it. */
export interface Frame {
  /** Addresses of the files that pages load. */
  readonly assets: {
    readonly styles: string;
    readonly script: string;
    readonly htmx: string;
    readonly icon: string;
  };
  readonly version: string;
  /** The snapshot that answers, or null while there is none. */
  readonly snapshot: SnapshotStatus | null;
}

export interface LayoutProperties {
  readonly frame: Frame;
  /** In words, without the name of the service. */
  readonly title: string;
  /** Class of the body, for the style sheet. */
  readonly kind: 'search' | 'reader' | 'help' | 'error';
  /** Absolute address of this very page, where the service knows its public name. */
  readonly canonical?: string | null;
  /** Whether search machines should leave the page out. */
  readonly isUnlisted?: boolean;
  /** Seconds after which the browser asks again, for pages that are about to change. */
  readonly refreshSeconds?: number;
  /** Stands in the masthead beside the name: the search box, where the page has it there. */
  readonly masthead?: Child;
  readonly children?: Child;
}

/** htmx loads no extension but ours, and gives up before people do. */
const htmxConfig = JSON.stringify({ extensions: 'lede', defaultTimeout: 8000 });

export function Layout(page: LayoutProperties) {
  const { frame } = page;
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>{pageTitle(page.title)}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="htmx-config" content={htmxConfig} />
        {page.isUnlisted && <meta name="robots" content="noindex" />}
        {page.refreshSeconds && <meta http-equiv="refresh" content={String(page.refreshSeconds)} />}
        {page.canonical && <link rel="canonical" href={page.canonical} />}
        <link rel="icon" href={frame.assets.icon} type="image/svg+xml" />
        <link rel="stylesheet" href={frame.assets.styles} />
        <script src={frame.assets.htmx} defer></script>
        <script src={frame.assets.script} defer></script>
      </head>
      <body class={page.kind}>
        <a class="skip" href="#main">
          Skip to content
        </a>
        <header class="masthead">
          <div class="masthead-inner">
            <a class="wordmark" href="/" aria-label="Lede, start page">
              Lede
            </a>
            {page.masthead}
            <nav aria-label="Site">
              <a class="site-link" href="/help">
                Help
              </a>
            </nav>
          </div>
        </header>
        {page.children}
        <Footer frame={frame} />
        <p id="live" class="unseen" role="status"></p>
      </body>
    </html>
  );
}

/** As the browser's tab shows it. */
export function pageTitle(title: string): string {
  return title === '' ? 'Lede' : `${title} – Lede`;
}

function Footer({ frame }: { frame: Frame }) {
  const { snapshot, version } = frame;
  return (
    <footer class="colophon">
      <div class="colophon-inner">
        {snapshot === null ? (
          <p>No index yet.</p>
        ) : (
          <p>
            {countText(snapshot.articles, 'article')}, {countText(snapshot.paragraphs, 'paragraph')}, indexed{' '}
            <time datetime={snapshot.publishedAt}>{timestampText(snapshot.publishedAt)}</time>
          </p>
        )}
        <p>
          Lede {version} · <a href="/help#api">JSON for programs</a>
        </p>
      </div>
    </footer>
  );
}
