// What a worker is asked for, and what it answers.
import type { Given } from '../../settings/resolve.ts';

export interface RenderRequest {
  /** The source's artifact. */
  readonly archive: string;
  /** An empty folder of our own. */
  readonly folder: string;
  /** Of what is to be rendered, in the archive. */
  readonly path: string;
  /** `spec.settings` of the ExpandedSource. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Of the controller's own command line: they hold for every source. */
  readonly flags: readonly Given[];
  /** What Helm calls the release where no setting does. */
  readonly name: string;
}

export type Rendered =
  | {
      readonly is: 'rendered';
      readonly archive: Uint8Array;
      /** Of the content. */
      readonly hash: string;
      /** What was said beside it: warnings, and what is worth knowing. */
      readonly said: string;
    }
  /** The input is at fault: the same input will be refused again. */
  | { readonly is: 'refused'; readonly said: string }
  /** The host is: a tool is missing, a disk is full. */
  | { readonly is: 'failed'; readonly said: string };

/** Answers in bounded time, whatever the request holds. */
export type Render = (request: RenderRequest) => Promise<Rendered>;
