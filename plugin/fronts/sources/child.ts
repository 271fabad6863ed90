// What a child process is given and how it may end. run-child.ts runs it; the bundle holds only this description of it.

export interface Child {
  /** How messages name it. */
  readonly tool: string;
  /** An absolute path: nothing is looked up in the folder of an application. */
  readonly executable: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** All of it: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  /** In milliseconds. */
  readonly timeLimit: number;
  /** Of standard output. */
  readonly maxBytes: number;
  /** What is removed where a signal ends this process. */
  readonly privateFolder: string;
}

export type ChildEnd =
  | { readonly is: 'done'; readonly stdout: Uint8Array; readonly stderr: string }
  | {
      readonly is: 'failed';
      readonly exitCode: number | undefined;
      readonly signal: string | undefined;
      readonly stderr: string;
    }
  | { readonly is: 'timed out' | 'flooded'; readonly stderr: string }
  | { readonly is: 'not started'; readonly reason: string };

export type RunChild = (child: Child) => Promise<ChildEnd>;
