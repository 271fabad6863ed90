// A ResourceList, which orchestrators of KRM functions send and take: one document whose items are documents in their own right.
// Items are cut out of the text unread, and those that nothing is asked of go back as they came, comments and all.
// https://github.com/kubernetes-sigs/kustomize/blob/master/cmd/config/docs/api-conventions/functions-spec.md
import { cutSections, type Section } from './cut-sections.ts';
import type { Manifest, Source } from './manifest.ts';
import { printYAML } from './print-yaml.ts';
import { splitStream } from './split.ts';

export interface ResourceList {
  readonly apiVersion: string;
  /** Each with its place in the source, and with the indentation that its first line needs in place of the dash. */
  readonly items: readonly Manifest[];
  /** Unread; undefined where there is none. */
  readonly functionConfig: Manifest | undefined;
  /** How far the dashes of the items are indented. */
  readonly indent: string;
  /** What stands around the items, each as it came. */
  readonly around: { readonly before: readonly string[]; readonly after: readonly string[] };
}

export const functionVersions = ['config.kubernetes.io/v1', 'config.kubernetes.io/v1beta1'];

const kindLine = /(?:^\uFEFF?|\n)kind[ \t]*:[ \t]*["']?ResourceList["']?[ \t]*(?:#[^\n]*)?\r?(?=\n|$)/;
const jsonKind = /"kind"\s*:\s*"ResourceList"/;

const versionLine = /(?:^\uFEFF?|\n)apiVersion[ \t]*:[ \t]*["']?config\.kubernetes\.io\//;

/** Whether a text is a ResourceList, whatever else is wrong with it; other groups may have kinds of that name. */
export function isResourceList(text: string): boolean {
  if (!text.includes('ResourceList')) return false;
  if (kindLine.test(text)) return versionLine.test(text);
  if (!/^\s*\{/.test(text) || !jsonKind.test(text)) return false;
  try {
    const { apiVersion, kind } = JSON.parse(text) as { readonly apiVersion?: unknown; readonly kind?: unknown };
    return kind === 'ResourceList' && String(apiVersion).startsWith('config.kubernetes.io/');
  } catch {
    return false;
  }
}

/** The parts of a ResourceList, or why it is none. */
export function readResourceList(source: Source): ResourceList | { readonly problem: string } {
  const documents = splitStream(source).filter(({ text }) => text.trim() !== '');
  const [document] = documents;
  if (document === undefined || documents.length > 1) return { problem: 'is more than one document' };
  const sections = cutSections(document);
  if (sections === undefined) return { problem: 'is no YAML map, or larger than can be read' };
  const named = (name: string): Section | undefined => sections.find((section) => section.name === name);
  const twice = sections.find(({ name }, index) => sections.findIndex((one) => one.name === name) < index);
  if (twice !== undefined) return { problem: `has the key ${twice.name} twice` };
  const apiVersion = wordOf(named('apiVersion'));
  if (wordOf(named('kind')) !== 'ResourceList') return { problem: 'is of another kind than ResourceList' };
  if (!functionVersions.includes(apiVersion))
    return { problem: `is of another version than ${functionVersions.join(' and ')}` };
  const items = named('items');
  if (items?.items === undefined) return { problem: 'has no list of items' };
  const functionConfig = named('functionConfig')?.value;
  const isGiven = functionConfig !== undefined && !/^\s*(?:null|~|\{\s*\})?\s*$/.test(functionConfig.text);
  const at = sections.indexOf(items);
  const keep = (some: readonly Section[]): string[] =>
    // What a former function had to say is not ours to repeat.
    some.flatMap(({ name, text }) => (name === 'results' ? [] : [text.endsWith('\n') ? text : `${text}\n`]));
  return {
    apiVersion,
    items: items.items,
    functionConfig: isGiven ? functionConfig : undefined,
    indent: items.indent,
    around: { before: keep(sections.slice(0, at)), after: keep(sections.slice(at + 1)) },
  };
}

const wordOf = (section: Section | undefined): string =>
  /^\s*["']?([\w./-]+)["']?[ \t]*(?:#[^\n]*)?\s*$/.exec(section?.value.text ?? '')?.[1] ?? '';

/** The list with `manifests` for its items, in pieces; those that are its own items keep their text. */
export function printResourceList(list: ResourceList, manifests: readonly Manifest[], results: unknown): string[] {
  const own = new Set(list.items);
  const printed = manifests.map((manifest) =>
    own.has(manifest) ? printOwn(manifest, list) : printNew(manifest, list),
  );
  return [
    ...list.around.before,
    printed.length === 0 ? 'items: []\n' : 'items:\n',
    ...printed,
    ...list.around.after,
    ...(results === undefined ? [] : [printYAML({ results })]),
  ];
}

function printOwn({ source, offset, text }: Manifest, { indent }: ResourceList): string {
  const end = text.endsWith('\n') ? '' : '\n';
  const isBlock = /^[ ]/.test(text);
  // In the place of the first blanks stood the dash. A collection in brackets may have its lines anywhere.
  if (isBlock) return `${indent}-${text.slice(indent.length + 1)}${end}`;
  return `${indent}- ${source.text.slice(offset, offset + text.length).replaceAll('\n', `\n${indent}  `)}${end}`;
}

function printNew({ text }: Manifest, { indent }: ResourceList): string {
  const [above = ''] = commentsAbove.exec(text) ?? [];
  const comments = above.split('\n').slice(0, -1);
  const lines = [...comments.map((line) => line.trim()), ...text.slice(above.length).split('\n')];
  const inner = lines.map((line) => (line === '' ? '' : `${indent}  ${line}`)).join('\n');
  return `${indent}- ${inner.trimStart()}`;
}

// They had the indentation of the item that was.
const commentsAbove = /^(?:[ \t]*(?:#[^\n]*)?\r?\n)*/;
