// A reader of plain XML, as strict as tests need it: elements, attributes, text, the five named entities.

export interface Element {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: Element[];
  text: string;
}

const token = /<\?xml [^>]*\?>|<(\/?)([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescapeXML(text: string): string {
  if (/&(?!(?:amp|lt|gt|quot|apos);)/.test(text)) throw new Error(`an ampersand stands alone in ${text}`);
  return text.replace(/&(\w+);/g, (_, name: string) => entities[name] ?? '');
}

/** The root element; an exception for what is no XML. */
export function readXML(text: string): Element {
  const top: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [top];
  let end = 0;
  for (const match of text.matchAll(token)) {
    end += match[0].length;
    readToken(match, open);
  }
  const [root, ...more] = top.children;
  if (end !== text.length || open.length > 1 || root === undefined || more.length > 0)
    throw new Error(`no XML from ${end}`);
  return root;
}

function readToken([, closes, name = '', attributes = '', isEmpty, plain]: RegExpMatchArray, open: Element[]): void {
  const parent = open.at(-1);
  if (parent === undefined) throw new Error('more is closed than was opened');
  if (plain !== undefined) parent.text += unescapeXML(plain);
  else if (closes === '/') {
    if (open.pop()?.name !== name) throw new Error(`</${name}> closes another element`);
  } else if (name !== '') {
    const pairs = [...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key, value = '']) => [
      key,
      unescapeXML(value),
    ]);
    const element = { name, attributes: Object.fromEntries(pairs), children: [], text: '' };
    parent.children.push(element);
    if (isEmpty !== '/') open.push(element);
  }
}
