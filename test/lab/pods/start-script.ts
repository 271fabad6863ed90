// The shell script that makes a container's file system and becomes its first process: overlay over the host's files
// (https://docs.kernel.org/filesystems/overlayfs.html), so that whatever a container writes is gone with it.
/** A folder or file of the host at a path inside a container. */
export interface Mount {
  readonly source: string;
  readonly target: string;
  readonly readOnly?: boolean;
}

export interface StartFacts {
  readonly hostname: string;
  readonly folder: string;
  readonly pidFile: string;
  /** Where its standard output and error are appended, and what goes wrong before. */
  readonly log: string;
  readonly mounts: readonly Mount[];
  readonly env: Readonly<Record<string, string>>;
  readonly workingDir: string;
  readonly argv: readonly string[];
}

/** A word that the shell takes as it is. */
export const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

// The path is resolved inside: /var/run is a link to /run, which outside would lead to the host's own.
const bindFunction = `bind() {
  to=$root$(chroot "$root" realpath -m "$2")
  if [ -d "$1" ]; then mkdir -p "$to"; else mkdir -p "$(dirname "$to")"; [ -e "$to" ] || : > "$to"; fi
  mount --bind "$1" "$to"
  [ "$3" = rw ] || mount -o remount,bind,ro "$to"
}`;

const bind = ({ source, target, readOnly = false }: Mount): string =>
  `bind ${quote(source)} ${quote(target)} ${readOnly ? 'ro' : 'rw'}`;

// The depth, so that a mount below another comes after it.
const byDepth = (one: Mount, other: Mount): number => one.target.split('/').length - other.target.split('/').length;

/** The script. It writes its process id as the host counts into `pidFile` right before it becomes the command. */
export function writeStartScript(facts: StartFacts): string {
  const env = Object.entries(facts.env).map(([name, value]) => quote(`${name}=${value}`));
  const workingDir = quote(facts.workingDir);
  return [
    'set -e',
    `exec >> ${quote(facts.log)} 2>&1`,
    `layer=${quote(`${facts.folder}/layer`)}`,
    'root=$layer/root',
    // The old /proc still counts as the host does.
    'read -r pid _ < /proc/self/stat',
    `hostname ${quote(facts.hostname)}`,
    `mkdir -p "$layer" ${quote(`${facts.folder}/tmp`)}`,
    'mount -t tmpfs tmpfs "$layer"',
    'mkdir "$layer/upper" "$layer/work" "$root"',
    'mount -t overlay -o "lowerdir=/,upperdir=$layer/upper,workdir=$layer/work" overlay "$root"',
    'mount -t proc proc "$root/proc"',
    'mount --rbind /sys "$root/sys"',
    'mount --rbind /dev "$root/dev"',
    bindFunction,
    bind({ source: `${facts.folder}/tmp`, target: '/tmp' }),
    'chmod 1777 "$root/tmp"',
    ...[...facts.mounts].sort(byDepth).map(bind),
    `chroot "$root" mkdir -p ${workingDir}`,
    `echo "$pid" > ${quote(facts.pidFile)}`,
    `exec chroot "$root" env -i -C ${workingDir} ${[...env, ...facts.argv.map(quote)].join(' ')}`,
  ].join('\n');
}
