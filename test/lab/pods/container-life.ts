// The life of one container of a pod: started, probed, started again as the restart policy says.
// https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#container-restarts
import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from './command.ts';
import { type ContainerProcess, endProcess, startContainerProcess } from './container-process.ts';
import { type Executed, execInContainer } from './exec.ts';
import { type Container, type ContainerStatus, NotYet } from './pod.ts';
import { type ProbeTarget, watchProbe } from './probes.ts';
import type { Mount } from './start-script.ts';
import { newContainerStatus, timestamp } from './status.ts';

export interface ContainerFacts {
  readonly container: Container;
  readonly restart: 'Always' | 'OnFailure' | 'Never';
  /** For a container that its liveness probe ends. */
  readonly graceSeconds: number;
  readonly ip: string;
  readonly network: string;
  readonly hostname: string;
  readonly log: string;
  readonly mounts: readonly Mount[];
  /** Makes an empty folder for a run. */
  readonly makeFolder: (run: number) => string;
  /** What to run; throws NotYet where something that it needs is missing. */
  readonly readCommand: () => Promise<Command>;
  /** Called after each change of the status. */
  readonly onChange: () => void;
}

// A kubelet waits 10 s and up to 5 min; suites are shorter.
const firstBackOff = 1_000;
const longestBackOff = 10_000;

interface Run {
  readonly process: ContainerProcess;
  readonly command: Command;
  readonly startedAt: string;
  readonly over: AbortController;
}

/** Begins to live when made, and goes on until `stop`, or until the restart policy wants no other run. */
export class ContainerLife {
  /** When it will not be started again. */
  readonly ended: Promise<void>;
  /** When its start-up probe has succeeded for the first time, or it has ended. */
  readonly started: Promise<void>;
  /** When its first process has been started, or it has ended. */
  readonly begun: Promise<void>;
  private readonly facts: ContainerFacts;
  private readonly stopping = new AbortController();
  private status: ContainerStatus;
  private run: Run | undefined;
  private tellStarted: () => void = () => undefined;
  private tellBegun: () => void = () => undefined;

  constructor(facts: ContainerFacts) {
    this.facts = facts;
    this.status = newContainerStatus(facts.container, 'ContainerCreating');
    this.started = new Promise((resolve) => {
      this.tellStarted = resolve;
    });
    this.begun = new Promise((resolve) => {
      this.tellBegun = resolve;
    });
    this.ended = this.live().finally(() => {
      this.tellBegun();
      this.tellStarted();
    });
  }

  readStatus(): ContainerStatus {
    return this.status;
  }

  /** Runs a command in it; exit code 1 where it does not run. */
  async exec(command: readonly string[], seconds: number): Promise<Executed> {
    const { workingDir = '/', name } = this.facts.container;
    if (!this.run) return { stdout: '', stderr: `container ${name} does not run`, exitCode: 1 };
    const { process, command: started } = this.run;
    return execInContainer({ pid: process.pid, env: started.env, workingDir }, command, seconds);
  }

  /** preStop, SIGTERM, and SIGKILL when the grace is over. */
  async stop(graceSeconds: number): Promise<void> {
    this.stopping.abort();
    const hook = this.facts.container.lifecycle?.preStop?.exec;
    if (hook && graceSeconds > 0) await this.exec(hook.command, graceSeconds);
    if (this.run) await endProcess(this.run.process, graceSeconds);
    await this.ended;
  }

  private change(changes: Partial<ContainerStatus>): void {
    this.status = { ...this.status, ...changes };
    if (this.status.started) this.tellStarted();
    this.facts.onChange();
  }

  private async rest(milliseconds: number): Promise<void> {
    await pause(milliseconds, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }

  private async live(): Promise<void> {
    let backOff = firstBackOff;
    for (let count = 0; !this.stopping.signal.aborted; count += 1) {
      const run = await this.begin(count);
      if (!run) return;
      const exitCode = await this.watch(run, count);
      const { restart, container } = this.facts;
      const isLast = restart === 'Never' || (restart === 'OnFailure' && exitCode === 0);
      if (isLast || this.stopping.signal.aborted) return;
      const message = `back-off restarting failed container ${container.name}`;
      this.change({ state: { waiting: { reason: 'CrashLoopBackOff', message } }, lastState: this.status.state });
      await this.rest(backOff);
      backOff = Math.min(2 * backOff, longestBackOff);
      this.change({ restartCount: count + 1 });
    }
  }

  /** Starts it as soon as all that it needs is there; undefined where it is to stop before that. */
  private async begin(count: number): Promise<Run | undefined> {
    while (!this.stopping.signal.aborted) {
      try {
        const command = await this.facts.readCommand();
        if (command.argv.length === 0) throw new Error('no command specified: the lab has no images to take one from');
        const { container, makeFolder, ...facts } = this.facts;
        const workingDir = container.workingDir ?? '/';
        const process = await startContainerProcess({ ...facts, ...command, folder: makeFolder(count), workingDir });
        return { process, command, startedAt: timestamp(), over: new AbortController() };
      } catch (failure) {
        const reason = failure instanceof NotYet ? failure.reason : 'CreateContainerError';
        this.change({ state: { waiting: { reason, message: (failure as Error).message } } });
        await this.rest(1_000);
      }
    }
    return undefined;
  }

  /** From the start of a run to its exit code. */
  private async watch(run: Run, count: number): Promise<number> {
    const { network, container } = this.facts;
    this.run = run;
    this.change({
      state: { running: { startedAt: run.startedAt } },
      containerID: `lab://${network}/${container.name}/${count}`,
    });
    this.tellBegun();
    this.probe(run);
    // It may have been told to stop before there was a process to end.
    if (this.stopping.signal.aborted) run.process.kill('SIGKILL');
    const exitCode = await run.process.exited;
    run.over.abort();
    this.run = undefined;
    const reason = exitCode === 0 ? 'Completed' : 'Error';
    const terminated = { exitCode, reason, startedAt: run.startedAt, finishedAt: timestamp() };
    this.change({ state: { terminated }, ready: false, started: false });
    return exitCode;
  }

  private probe(run: Run): void {
    const { startupProbe, livenessProbe, readinessProbe } = this.facts.container;
    const { signal } = run.over;
    const target: ProbeTarget = { ...this.facts, exec: (command, seconds) => this.exec(command, seconds) };
    const end = (isAlive: boolean): void => {
      if (!isAlive) void endProcess(run.process, this.facts.graceSeconds);
    };
    const go = (): void => {
      this.change({ started: true, ready: readinessProbe === undefined });
      if (livenessProbe) void watchProbe(livenessProbe, target, end, signal);
      if (readinessProbe) void watchProbe(readinessProbe, target, (ready) => this.change({ ready }), signal);
    };
    const tell = (isGood: boolean): void => {
      if (!isGood) end(false);
      else if (!this.status.started) go();
    };
    if (startupProbe) void watchProbe(startupProbe, target, tell, signal);
    else go();
  }
}
