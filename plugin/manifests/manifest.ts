// The record that travels: one YAML or JSON document with its own bytes and, where the product has to look inside,
// its value as Kubernetes reads it. Kubernetes' object model: https://kubernetes.io/docs/concepts/overview/working-with-objects/
import type { FieldPath, Finding } from '../findings/finding.ts';

/** The file that a document came from; `text` is the whole file, from which line numbers are counted. */
export interface Source {
  /** As given on the command line, `/`-separated; `<stdin>` for standard input. */
  readonly file: string;
  readonly text: string;
}

export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
  readonly [field: string]: unknown;
}

export interface ObjectMeta {
  readonly name?: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** What one read document holds: its value, and where in the file each part of it stands. */
export interface Content {
  /** As Kubernetes' YAML reader gives it; integers exact, keys strings, aliases and merge keys resolved. */
  readonly value: unknown;
  /**
   * Offsets in the file, two for each node in the order in which the value is walked (Object.keys, list order), the
   * node's own pair first: where its key stands, and where its value does.
   */
  readonly places: Int32Array;
  /**
   * What would not come out as it went in: it counts where the document is rewritten. What could hide a Ray object or a
   * field of ours is no doubt but a finding, whatever becomes of the document.
   */
  readonly doubts: readonly Finding[];
}

/** One document of a stream: `prefix + text` are its bytes. */
export interface Manifest {
  readonly source: Source;
  /** Where `text` begins in the source. */
  readonly offset: number;
  /** Everything since the document before: separator line, directives, blank lines. */
  readonly prefix: string;
  readonly text: string;
  /** What Kubernetes' reader would drop or refuse of where the document begins. */
  readonly flaw?: MarkerFlaw;
  /** Absent while the document is unread, and for good where nothing of the product's concern can stand in it. */
  readonly content?: Content;
}

/**
 * A document that follows `...` without a `---` of its own is dropped without a word; what stands on the line of the `---` is
 * dropped or refused.
 */
export type MarkerFlaw = 'YAML_DOCUMENT_END' | 'YAML_CONTENT_ON_MARKER';

/** One Kubernetes object: a document of its own, or an item of a `kind: List`, where `path` leads to it. */
export interface Resource {
  readonly manifest: Manifest;
  readonly path: FieldPath;
  readonly body: KubernetesObject;
}
