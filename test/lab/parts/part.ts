// What a part of the lab is: something that is built or installed once, and then lies in the cache.
import type { operators, rays } from './pins.ts';

export type PartName =
  | 'control-plane'
  | 'kuberay-crds'
  | 'packages'
  | `kuberay-${(typeof operators)[number]}`
  | `ray-${(typeof rays)[number]}`
  | 'np-guard'
  | 'kustomize'
  | 'flux'
  | 'kubeconform'
  | 'flux-consumer'
  | 'pre-commit'
  | 'helm-4'
  | 'helm-3'
  | 'argocd'
  | 'argocd-packages';

/** What has to be on the machine; `system` is Linux alone. */
export type Tool = 'go' | 'python3' | 'system';

export interface Part {
  readonly name: PartName;
  /** What it holds and in which version, for people. */
  readonly pin: string;
  readonly tool: Tool;
  /** Without it the lab proves nothing, so no budget stops it and its failure is the set-up's. */
  readonly required: boolean;
  /** A compiler runs, which takes all cores: one at a time. The others wait for the network and run beside it. */
  readonly compiles: boolean;
  /** How long it takes on two cores with nothing cached, rounded up; the budget counts with it. */
  readonly minutes: number;
  /** All that decides what comes out, by name; a change makes another part of it. */
  readonly sources: () => Readonly<Record<string, string>>;
  /** Files that a whole part has, relative to its directory. */
  readonly provides: readonly string[];
  /** Fills the empty directory; answers with remarks worth a line each, such as what could not be had. */
  readonly install: (job: Job) => Promise<readonly string[]>;
}

export interface Job {
  /** Where the part stays: nothing in it has to be moved. */
  readonly directory: string;
  readonly run: Run;
}

interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a command and answers with its stdout; throws an error of one line. */
export type Run = (file: string, args: readonly string[], options?: RunOptions) => Promise<string>;
