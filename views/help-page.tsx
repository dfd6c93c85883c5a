/** The help page: what a query can say, with examples that are links; the keyboard; the interface for programs. */
import type { Child } from 'hono/jsx';
import { type Frame, Layout } from './layout.tsx';
import { QuickSearch } from './search-page.tsx';

export interface HelpPageData {
  /** The search page of a query. */
  readonly searchHref: (query: string) => string;
  /** Address of the service as programs should call it, without a slash at the end. */
  readonly origin: string;
  readonly canonical: string | null;
}

interface Example {
  readonly query: string;
  readonly meaning: Child;
}

const words: readonly Example[] = [
  {
    query: 'bridge river',
    meaning: 'articles with these words, anywhere in them; those that lack one follow where they fit less',
  },
  { query: '+bridge river', meaning: 'the word behind the plus may not be missing' },
  { query: 'bridge AND river', meaning: 'neither word may be missing; +bridge +river says the same' },
  { query: '"trip wires"', meaning: 'exactly these words, side by side, in this order; this may not be missing' },
  { query: 'bridge -kherson', meaning: 'with the first word, without the second; NOT kherson says the same' },
  {
    query: 'kherson OR izium',
    meaning:
      'at least one of the two; in a query all in capitals, of six words or more, OR, AND and NOT are plain words',
  },
  { query: '(kherson OR izium) mines', meaning: 'brackets say what belongs together' },
  { query: 'liberat*', meaning: 'words that begin like this' },
];

const places: readonly Example[] = [
  { query: 'title:izyum', meaning: 'the word in the title' },
  { query: 'heading:trust', meaning: 'the word in a section heading' },
  { query: 'body:bridge', meaning: 'the word in the text itself' },
  { query: 'author:"José Müller"', meaning: 'articles by this author' },
  { query: 'source:"Harbour Courier"', meaning: 'articles from this source, by its whole name' },
  { query: 'tag:grain', meaning: 'articles with this tag' },
  { query: 'language:uk', meaning: 'articles in this language, by its two-letter code' },
  { query: 'year:2022', meaning: 'articles of this year' },
  { query: 'path:2022/', meaning: 'articles whose file path contains this' },
];

const days: readonly Example[] = [
  { query: 'after:2022-09-10', meaning: 'later than this day; a month or a year work as well' },
  { query: 'before:2022-11', meaning: 'earlier than this month' },
  { query: 'date:2022-09', meaning: 'within this month' },
  { query: 'date:2022-09-10..2022-09-20', meaning: 'from one day to another, both included' },
  { query: 'date:today', meaning: 'of today, as UTC counts days' },
  { query: 'after:yesterday', meaning: 'later than yesterday, as UTC counts days' },
];

export function HelpPage({ frame, help }: { frame: Frame; help: HelpPageData }) {
  const api = `${help.origin}/api/v1`;
  return (
    <Layout frame={frame} title="Help" kind="help" canonical={help.canonical} masthead={<QuickSearch query="" />}>
      <main id="main" class="prose" tabindex={-1}>
        <h1>How to search</h1>
        <p>
          Type what you are looking for. Lede finds the paragraphs that hold your words, ranks the articles they stand
          in, and links each passage to its place. No query is wrong: what makes no sense is taken as plain words, or
          left out if it is nothing but punctuation, and the results say how the query was understood.
        </p>
        <ExampleSection title="Words" examples={words} help={help}>
          <p>
            Articles need not have all the words, but enough of them: one rare word, or several common ones. Each says
            what it is missing. A page whose title is what you typed comes first. Beside the count stands how many
            articles have all the words, with a link to these alone; <em>All the words</em> among the filters does the
            same. Small words like <em>the</em> or <em>of</em> count only where there are no others, and between
            quotation marks; where no article has a phrase, its words are looked for, and the results say so. Upper and
            lower case and accents never make a difference; word endings do only between quotation marks and before a
            star. A word that is nowhere to be found, or almost nowhere beside a similar one that is common, is looked
            for in that spelling too, unless you choose <em>My spelling only</em>.
          </p>
        </ExampleSection>
        <section>
          <h2 id="order">Order</h2>
          <p>
            The best articles come first: those whose title is what you typed, then those that hold most of it. Whoever
            keeps the articles may give some of them more weight, favour newer ones, or choose what comes first for a
            query; the results say so.
          </p>
        </section>
        <ExampleSection title="Places" examples={places} help={help} />
        <ExampleSection title="Days" examples={days} help={help}>
          <p>Days are written year-month-day. Articles without a date are not found by date.</p>
        </ExampleSection>
        <section>
          <h2 id="keyboard">Keyboard</h2>
          <dl class="examples">
            <Key keys={['/', 'Ctrl K', '⌘ K']}>go to the search box</Key>
            <Key keys={['↓', '↑']}>walk through the results, and back to the box</Key>
            <Key keys={['Enter']}>open the result</Key>
            <Key keys={['Esc']}>empty the box; once more: leave it</Key>
          </dl>
        </section>
        <section>
          <h2 id="api">JSON for programs</h2>
          <p>
            Everything that the pages show, programs get as JSON. Highlights are ranges of UTF-16 units into the text
            beside them, the end excluded.
          </p>
          <pre tabindex={0}>
            <code>{`curl '${api}/search?q=bridge&limit=5'`}</code>
          </pre>
          <dl class="examples">
            <Address path="/api/v1/search?q=bridge" name="GET /api/v1/search">
              takes the parameters of the search page, <code>limit</code> and <code>offset</code>
            </Address>
            <Address name="GET /api/v1/articles/{id}">an article with its paragraphs</Address>
            <Address path="/api/v1/status" name="GET /api/v1/status">
              the snapshot that answers, and the last build
            </Address>
            <Address path="/api/v1/openapi.json" name="GET /api/v1/openapi.json">
              describes it all to machines
            </Address>
          </dl>
        </section>
      </main>
    </Layout>
  );
}

interface ExampleSectionProperties {
  readonly title: string;
  readonly examples: readonly Example[];
  readonly help: HelpPageData;
  readonly children?: Child;
}

function ExampleSection({ title, examples, help, children }: ExampleSectionProperties) {
  return (
    <section>
      <h2>{title}</h2>
      {children}
      <dl class="examples">
        {examples.map(({ query, meaning }) => (
          <div>
            <dt>
              <a href={help.searchHref(query)}>
                <code>{query}</code>
              </a>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Key({ keys, children }: { keys: readonly string[]; children?: Child }) {
  return (
    <div>
      <dt>
        {keys.map((key) => (
          <kbd>{key}</kbd>
        ))}
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

function Address({ path, name, children }: { path?: string; name: string; children?: Child }) {
  return (
    <div>
      <dt>
        {path === undefined ? (
          <code>{name}</code>
        ) : (
          <a href={path}>
            <code>{name}</code>
          </a>
        )}
      </dt>
      <dd>{children}</dd>
    </div>
  );
}
