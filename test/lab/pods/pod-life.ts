// The life of one pod: network, packet filter, volumes, init containers one by one, containers together; and its end.
// https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { execa } from 'execa';
import { ContainerLife } from './container-life.ts';
import { keepRayLogs } from './kept-logs.ts';
import type { Attached } from './network.ts';
import type { Condition, Container, ContainerStatus, Pod, PodStatus } from './pod.ts';
import { type PodEquipment, readCommand, shownMounts, volumeFacts } from './pod-equipment.ts';
import { openStatusReporter, type StatusReporter } from './pod-status.ts';
import { mountMemory, mountsOf, type PodVolumes, prepareVolumes } from './pod-volumes.ts';
import { hostnameOf, writeHosts, writeResolvConf } from './sandbox.ts';
import type { Mount } from './start-script.ts';
import { buildPodStatus, isInitialized, newContainerStatus, timestamp } from './status.ts';

/** A fixed address for a pod. */
const addressAnnotation = 'rayshield.io/lab-address';
/** Seconds for which a pod's address is kept from the API server: its DNS records come as much later. */
const publishAnnotation = 'rayshield.io/lab-publish-after';

/** A pod that is bound to this node; begins to live when made. */
export class PodLife {
  /** As the API server had it last. */
  pod: Pod;
  /** Absent until the pod has a network. */
  attached: Attached | undefined;
  private readonly equipment: PodEquipment;
  private readonly folder: string;
  private readonly containers = new Map<string, ContainerLife>();
  private readonly stopping = new AbortController();
  private readonly startTime = timestamp();
  private readonly reporter: StatusReporter;
  private readonly lived: Promise<void>;
  private removed: Promise<void> | undefined;
  private volumes: PodVolumes | undefined;
  private isPublished = false;
  private fault: string | undefined;
  private conditions: readonly Condition[] = [];

  constructor(pod: Pod, equipment: PodEquipment) {
    this.pod = pod;
    this.equipment = equipment;
    const { namespace, name, uid } = pod.metadata;
    this.folder = join(equipment.folder, `${namespace}_${name}_${uid}`);
    this.reporter = openStatusReporter(equipment.api, pod, () => this.buildStatus());
    this.lived = this.live();
  }

  container(name = this.pod.spec.containers[0]?.name ?? ''): ContainerLife | undefined {
    return this.containers.get(name);
  }

  /** The path of what a container writes. */
  logOf(container: string): string {
    const { namespace, name } = this.pod.metadata;
    return join(this.equipment.logs, `${namespace}_${name}_${container}.log`);
  }

  /** Brings changed Secrets into the running containers. */
  async refreshVolumes(): Promise<void> {
    await this.volumes?.refresh();
  }

  /** Ends all containers and removes everything of the pod. Said twice, the shorter grace counts. */
  async stop(graceSeconds: number): Promise<void> {
    this.stopping.abort();
    const ended = Promise.all([...this.containers.values()].map((one) => one.stop(graceSeconds)));
    this.removed ??= ended.then(() => this.lived).then(() => this.remove());
    await this.removed;
  }

  private async remove(): Promise<void> {
    const { namespace, name: pod } = this.pod.metadata;
    for (const name of this.containers.keys()) {
      keepRayLogs(join(this.folder, name, '0', 'tmp', 'ray'), join(this.equipment.logs, `${namespace}_${pod}_${name}`));
    }
    await this.volumes?.release();
    await execa('umount', [join(this.folder, 'shm')], { reject: false });
    const { attached } = this;
    this.attached = undefined;
    if (attached) await this.equipment.network.remove(attached);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async live(): Promise<void> {
    try {
      const { metadata, spec } = this.pod;
      if (spec.hostNetwork === true) throw new Error('the lab has no pods on the network of the host');
      mkdirSync(join(this.folder, 'shm'), { recursive: true });
      const attached = await this.equipment.network.add(metadata.annotations?.[addressAnnotation]);
      this.attached = attached;
      await this.attempt(() => this.equipment.protect());
      const shared = await this.prepareSandbox(attached);
      const facts = volumeFacts(this.pod, attached, this.equipment);
      const volumes = await this.attempt(() => prepareVolumes(this.pod, join(this.folder, 'volumes'), facts));
      this.volumes = volumes;
      if (!volumes) return;
      const start = (container: Container): ContainerLife => this.startContainer(container, volumes, shared);
      if (!(await this.initialize(start))) return;
      for (const container of spec.containers) start(container);
    } catch (failure) {
      this.fault = (failure as Error).message;
      this.reporter.report();
    }
  }

  /** The files that all containers share; the default size of /dev/shm is containerd's. */
  private async prepareSandbox({ ip }: Attached): Promise<Mount[]> {
    const { dns, clusterDomain } = this.equipment;
    const hosts = join(this.folder, 'hosts');
    const resolvConf = join(this.folder, 'resolv.conf');
    const shm = join(this.folder, 'shm');
    writeFileSync(hosts, writeHosts(this.pod, ip, clusterDomain));
    writeFileSync(resolvConf, writeResolvConf(this.pod, dns, clusterDomain));
    await mountMemory(shm, '64Mi');
    return [
      ...shownMounts(this.equipment),
      { source: hosts, target: '/etc/hosts' },
      { source: resolvConf, target: '/etc/resolv.conf' },
      { source: shm, target: '/dev/shm' },
    ];
  }

  /** Takes a step again until it succeeds; undefined where the pod is to stop before that. */
  private async attempt<T>(step: () => Promise<T>): Promise<T | undefined> {
    while (!this.stopping.signal.aborted) {
      try {
        const outcome = await step();
        this.fault = undefined;
        return outcome;
      } catch (failure) {
        this.fault = (failure as Error).message;
        this.reporter.report();
        await pause(500, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      }
    }
    return undefined;
  }

  /** Runs the init containers; whether the containers may start. */
  private async initialize(start: (container: Container) => ContainerLife): Promise<boolean> {
    for (const container of this.pod.spec.initContainers ?? []) {
      if (this.stopping.signal.aborted) return false;
      const isSidecar = container.restartPolicy === 'Always';
      const life = start(container);
      await (isSidecar ? life.started : life.ended);
      if (!isInitialized(life.readStatus(), isSidecar)) return false;
    }
    return !this.stopping.signal.aborted;
  }

  private startContainer(container: Container, volumes: PodVolumes, shared: readonly Mount[]): ContainerLife {
    const { spec } = this.pod;
    const { restartPolicy = 'Always', initContainers = [] } = spec;
    const attached = this.attached as Attached;
    const isInit = initContainers.includes(container) && container.restartPolicy !== 'Always';
    const life = new ContainerLife({
      container,
      restart:
        isInit && restartPolicy === 'Always'
          ? 'OnFailure'
          : container.restartPolicy === 'Always'
            ? 'Always'
            : restartPolicy,
      graceSeconds: spec.terminationGracePeriodSeconds ?? 30,
      ip: attached.ip,
      network: attached.name,
      hostname: hostnameOf(this.pod),
      log: this.logOf(container.name),
      mounts: [...shared, ...mountsOf(container, volumes)],
      makeFolder: (run) => {
        const folder = join(this.folder, container.name, `${run}`);
        mkdirSync(folder, { recursive: true });
        return folder;
      },
      readCommand: () => readCommand(container, volumeFacts(this.pod, attached, this.equipment), this.equipment),
      onChange: () => this.reporter.report(),
    });
    if (this.containers.size === 0) void life.begun.then(() => this.publish());
    this.containers.set(container.name, life);
    return life;
  }

  /** A kubelet tells the address with the first status after a container has started, an init container included. */
  private async publish(): Promise<void> {
    const seconds = Number(this.pod.metadata.annotations?.[publishAnnotation] ?? 0);
    if (seconds > 0) await pause(seconds * 1000, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    this.isPublished = true;
    this.reporter.report();
  }

  private statusesOf(containers: readonly Container[]): ContainerStatus[] {
    const reason = this.fault === undefined && this.attached ? 'PodInitializing' : 'ContainerCreating';
    return containers.map(
      (one) => this.containers.get(one.name)?.readStatus() ?? newContainerStatus(one, reason, this.fault),
    );
  }

  private buildStatus(): PodStatus {
    const { initContainers = [], containers } = this.pod.spec;
    const status = buildPodStatus({
      pod: this.pod,
      hostIP: this.equipment.nodeAddress,
      startTime: this.startTime,
      ip: this.isPublished ? this.attached?.ip : undefined,
      hasNetwork: this.attached !== undefined,
      initContainers: this.statusesOf(initContainers),
      containers: this.statusesOf(containers),
      previous: this.conditions,
      now: timestamp(),
    });
    this.conditions = status.conditions ?? [];
    return status;
  }
}
