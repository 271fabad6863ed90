// Manifests to text: documents that nothing was asked of keep their bytes; a rewritten one and those made for it are
// printed anew, in the place of the old one. Separators are always plain `---`, never `...`.

import { isBlank, skipLines } from './blank.ts';
import { type Replacement, replaceItems } from './list.ts';
import type { KubernetesObject, Manifest } from './manifest.ts';
import { printJSON, printYAML } from './print-yaml.ts';

/**
 * The documents that take a manifest's place. A List stays one document. A document of a `.json` file stays JSON: where
 * objects join it, the file becomes a `kind: List`, since JSON knows no stream. Comments before the first line of content
 * are kept, those within go.
 */
export function rewriteManifest(manifest: Manifest, replacements: readonly Replacement[]): Manifest[] {
  const [first] = replacements;
  if (first === undefined) return [manifest];
  const isRoot = first.resource.path.length === 0;
  if (manifest.source.file.endsWith('.json'))
    return [rewritten(manifest, printJSON(jsonValue(manifest, replacements)))];
  if (!isRoot) return [rewritten(manifest, printYAML(replaceItems(manifest.content?.value, replacements)))];
  const made = first.before.map(
    (object, index): Manifest => ({
      source: manifest.source,
      offset: manifest.offset,
      prefix: index === 0 ? manifest.prefix : '---\n',
      text: printYAML(object),
    }),
  );
  const owner = rewritten(manifest, printYAML(first.body));
  return made.length === 0 ? [owner] : [...made, { ...owner, prefix: '---\n' }];
}

const rewritten = (manifest: Manifest, body: string): Manifest => ({
  source: manifest.source,
  offset: manifest.offset,
  prefix: manifest.prefix,
  text: leadingComments(manifest.text) + body,
});

function jsonValue(manifest: Manifest, replacements: readonly Replacement[]): unknown {
  const [first] = replacements;
  if (first === undefined || first.resource.path.length > 0) return replaceItems(manifest.content?.value, replacements);
  const objects: KubernetesObject[] = [...first.before, first.body];
  return objects.length === 1 ? first.body : { apiVersion: 'v1', kind: 'List', items: objects };
}

const commentLine = /[ \t]*(?:#[^\n]*)?\r?\n/y;

function leadingComments(text: string): string {
  const marked = text.replace(/^\uFEFF/, '');
  return marked.slice(0, skipLines(marked, 0, commentLine));
}

/**
 * One stream of all documents, in pieces that follow each other: joined, a large one would be in memory twice. Where two
 * files meet, a separator stands between them.
 */
export function writeStream(manifests: readonly Manifest[]): string[] {
  const parts: string[] = [];
  let before: Manifest | undefined;
  for (const manifest of manifests) {
    if (before !== undefined && before.source !== manifest.source) parts.push(joint(before, manifest));
    // A byte order mark belongs to the beginning of a stream.
    parts.push(before === undefined ? manifest.prefix : manifest.prefix.replace(/^\uFEFF/, ''), manifest.text);
    before = manifest;
  }
  return parts;
}

function joint(before: Manifest, next: Manifest): string {
  const last = before.text === '' ? before.prefix : before.text;
  const end = last === '' || last.endsWith('\n') ? '' : '\n';
  // A directive may stand only after the end of a document is marked.
  const isOpen = !isBlank(before.text) || /(?:^\uFEFF?|\n)---/.test(before.prefix);
  if (/^%/m.test(next.prefix)) return isOpen ? `${end}...\n` : end;
  return /(?:^\uFEFF?|\n)---/.test(next.prefix) ? end : `${end}---\n`;
}
