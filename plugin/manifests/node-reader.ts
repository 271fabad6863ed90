// The parser's tree to a value, as Kubernetes reads it (sigs.k8s.io/yaml: YAML 1.1 words and numbers, merge keys, string keys),
// with the place of each part. What readers do not agree on, or would lose, is a problem and not a guess.
import { type Document, isAlias, isMap, isScalar, isSeq, type Pair, type Scalar, type YAMLMap } from 'yaml';
import type { Limits, Problem } from './problem.ts';
import { resolvePlain } from './scalar.ts';

type Node = Document['contents'];
type Writable = Record<string, unknown>;

// A node that aliases make again counts a hundredth of an alias, so that both bombs end: many aliases, or few large ones.
const nodesPerAlias = 100;
const unsafeKeys = new Set(['__proto__', 'constructor', 'prototype']);
const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/** The state of one reading: the places so far, the anchors in force, and the budget for aliases. */
export class NodeReader {
  readonly places: number[] = [];
  readonly problems: Problem[] = [];
  private readonly base: number;
  private readonly limits: Limits;
  private readonly anchors = new Map<string, { node: Node; open: boolean }>();
  private aliases = 0;
  private copies = 0;
  // Set while an alias is being read: everything in it stands where the alias does.
  private aliasOffset: number | undefined;

  constructor(base: number, limits: Limits) {
    this.base = base;
    this.limits = limits;
  }

  /** The value of a node; `keyOffset` is where its key stands, absent for list items and the root. */
  read(node: Node, keyOffset: number | undefined, depth: number): unknown {
    const own = this.aliasOffset ?? node?.range?.[0] ?? keyOffset ?? 0;
    if (isAlias(node)) return this.readAlias(node.source, own, keyOffset, depth);
    if (this.aliasOffset !== undefined) this.copies += 1;
    this.places.push(this.base + (this.aliasOffset ?? keyOffset ?? own), this.base + own);
    if (depth > this.limits.maxDepth)
      return this.refuseOnce({ code: 'TOO_DEEP', offset: own, facts: { limit: this.limits.maxDepth } });
    if (this.places.length > this.limits.maxKeys * 2)
      return this.refuseOnce({ code: 'TOO_MANY_KEYS', offset: own, facts: { limit: this.limits.maxKeys } });
    if (node === null) return null;
    const anchor = this.aliasOffset === undefined ? node.anchor : undefined;
    const entry = { node, open: true };
    if (anchor !== undefined) this.anchors.set(anchor, entry);
    const value = this.readOpen(node, own, depth);
    entry.open = false;
    return value;
  }

  private readOpen(node: Exclude<Node, null>, own: number, depth: number): unknown {
    if (isScalar(node)) return this.readScalar(node as Scalar, own);
    this.checkTag(node.tag, own);
    if (isSeq(node)) return node.items.map((item) => this.read(item as Node, undefined, depth + 1));
    return isMap(node) ? this.readMap(node as YAMLMap<Node, Node>, depth) : null;
  }

  private refuse(problem: Problem): null {
    this.problems.push(problem);
    return null;
  }

  /** A limit is passed once: each further place would say the same. */
  private refuseOnce(problem: Problem): null {
    return this.problems.some(({ code }) => code === problem.code) ? null : this.refuse(problem);
  }

  private checkTag(tag: string | undefined, offset: number): void {
    if (tag === undefined || tag === '!' || /^tag:yaml\.org,2002:(?:str|map|seq)$/.test(tag)) return;
    this.refuse({ code: 'YAML_TAG', offset, facts: { tag: tag.replace('tag:yaml.org,2002:', '!!') } });
  }

  private readScalar(scalar: Scalar, offset: number): unknown {
    this.checkTag(scalar.tag, offset);
    const text = String(scalar.value);
    if (loneSurrogate.test(text)) return this.refuse({ code: 'YAML_CHARACTER', offset, facts: {} });
    if (scalar.type !== 'PLAIN' || scalar.tag !== undefined) return text;
    const plain = resolvePlain(text);
    return 'unsafe' in plain ? this.refuse({ code: 'YAML_NUMBER', offset, facts: {} }) : plain.value;
  }

  private readAlias(alias: string, offset: number, keyOffset: number | undefined, depth: number): unknown {
    const target = this.anchors.get(alias);
    const place = this.aliasOffset ?? keyOffset ?? offset;
    if (target === undefined || target.open) {
      this.places.push(this.base + place, this.base + offset);
      const problem =
        target === undefined ? 'no anchor of that name stands before it' : 'it stands inside its own anchor';
      return this.refuse({ code: 'YAML_ALIAS', offset, facts: { alias, problem } });
    }
    this.aliases += 1;
    if (this.aliases > this.limits.maxAliases || this.copies > this.limits.maxAliases * nodesPerAlias) {
      this.places.push(this.base + place, this.base + offset);
      return this.refuseOnce({ code: 'TOO_MANY_ALIASES', offset, facts: { limit: this.limits.maxAliases } });
    }
    const outer = this.aliasOffset;
    this.aliasOffset ??= offset;
    const value = this.read(target.node, place, depth);
    this.aliasOffset = outer;
    return value;
  }

  private readMap(map: YAMLMap<Node, Node>, depth: number): Writable {
    const value: Writable = {};
    const starts = new Map<string, number>();
    const merged = new Set<string>();
    for (const pair of map.items) {
      this.rememberKey(pair.key);
      const at = this.aliasOffset ?? pair.key?.range?.[0] ?? map.range?.[0] ?? 0;
      if (isMergeKey(pair)) {
        this.mergeInto(value, pair.value, { starts, merged, depth, at });
        continue;
      }
      const key = this.readKey(pair.key, at);
      if (key === undefined) continue;
      if (starts.has(key) && !merged.has(key)) this.refuse({ code: 'YAML_DUPLICATE_KEY', offset: at, facts: { key } });
      merged.delete(key);
      this.putChild(value, starts, key, () => this.read(pair.value, at, depth + 1));
    }
    this.orderPlaces(value, starts);
    return value;
  }

  private rememberKey(key: Node): void {
    if (isScalar(key) && key.anchor !== undefined && this.aliasOffset === undefined) {
      this.anchors.set(key.anchor, { node: key, open: false });
    }
  }

  /**
   * A key as a string, numbers as Kubernetes writes them; undefined for one that no object can have. A word that it reads as a
   * boolean or null was never meant so.
   */
  private readKey(given: Node, at: number): string | undefined {
    const key = isAlias(given) ? this.anchors.get(given.source)?.node : given;
    const drop = (found: string): undefined => {
      this.refuse({ code: 'YAML_KEY', offset: at, facts: { found, isDropped: true } });
      return undefined;
    };
    if (!isScalar(key)) return drop(key === null || key === undefined ? 'nothing' : 'a map or list');
    this.checkTag(key.tag, at);
    const text = String(key.value);
    if (unsafeKeys.has(text)) return drop(text);
    if ((key as Scalar).type !== 'PLAIN') return text;
    const plain = resolvePlain(text);
    const value = 'unsafe' in plain ? undefined : plain.value;
    if (typeof value === 'string' || Number.isSafeInteger(value)) return String(value);
    const found = value === null ? 'null' : `${text}, read as ${value === undefined ? 'a number' : value}`;
    this.refuse({ code: 'YAML_KEY', offset: at, facts: { found } });
    return value === undefined ? text : String(value);
  }

  private putChild(value: Writable, starts: Map<string, number>, key: string, read: () => unknown): void {
    // A merged key that is given again moves to where it is given: places follow the order of the keys.
    if (starts.has(key)) delete value[key];
    starts.delete(key);
    starts.set(key, this.places.length);
    value[key] = read();
  }

  /** Merge keys as goyaml.v2: earlier maps of a list win, and keys given after the merge win over it. */
  private mergeInto(
    value: Writable,
    from: Node,
    at: { starts: Map<string, number>; merged: Set<string>; depth: number; at: number },
  ): void {
    const sources = isSeq(from) ? [...from.items] : [from];
    for (const source of sources as Node[]) {
      // Read for its value alone: the places of merged keys are the merge key's own.
      const mark = this.places.length;
      const outer = this.aliasOffset;
      this.aliasOffset ??= at.at;
      const read = this.read(source, at.at, at.depth);
      this.places.length = mark;
      if (typeof read !== 'object' || read === null || Array.isArray(read)) {
        this.refuse({
          code: 'YAML_SYNTAX',
          offset: at.at,
          facts: { problem: 'the value of a merge key << is no map' },
        });
      } else {
        for (const [key, child] of Object.entries(read)) this.mergeKey(value, key, child, at);
      }
      this.aliasOffset = outer;
    }
  }

  private mergeKey(
    value: Writable,
    key: string,
    child: unknown,
    at: { starts: Map<string, number>; merged: Set<string>; at: number },
  ): void {
    if (at.merged.has(key)) return;
    // The specification lets the explicit key win, Kubernetes' reader the later one.
    if (at.starts.has(key)) {
      this.refuse({ code: 'YAML_MERGE_ORDER', offset: at.at, facts: { key } });
      return;
    }
    at.merged.add(key);
    this.putChild(value, at.starts, key, () => this.placeCopy(child, at.at));
  }

  private placeCopy(child: unknown, at: number): unknown {
    this.places.push(this.base + at, this.base + at);
    if (typeof child === 'object' && child !== null) for (const part of Object.values(child)) this.placeCopy(part, at);
    return child;
  }

  /** JavaScript walks keys that look like list indices first, and merged keys may have moved: the places follow. */
  private orderPlaces(value: Writable, starts: Map<string, number>): void {
    const keys = Object.keys(value);
    const sorted = [...starts].sort(([, a], [, b]) => a - b);
    const first = sorted[0]?.[1];
    if (first === undefined || sorted.every(([key], index) => key === keys[index])) return;
    const parts = new Map(
      sorted.map(([key, start], index) => [
        key,
        this.places.slice(start, sorted[index + 1]?.[1] ?? this.places.length),
      ]),
    );
    this.places.length = first;
    for (const key of keys) this.places.push(...(parts.get(key) ?? []));
  }
}

const isMergeKey = (pair: Pair<Node, Node>): boolean =>
  isScalar(pair.key) && (pair.key as Scalar).type === 'PLAIN' && pair.key.value === '<<';
