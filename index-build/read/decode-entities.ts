/** Character references in short texts that are not HTML by themselves, such as titles in front matter. */
import { parseFragment } from 'parse5';

/** `&quot;` → `"`, `&#8217;` → `’`; tags and everything else stay as they are. */
export function decodeEntities(text: string): string {
  return text.replace(/&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,30});/gi, decodeReference);
}

function decodeReference(reference: string): string {
  const [node] = parseFragment(reference).childNodes;
  return node !== undefined && 'value' in node ? node.value : reference;
}
