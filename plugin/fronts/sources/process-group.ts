// Which process group a child belongs in. A group of its own ends as a whole; but Argo CD's plugin server, when a caller gives up,
// kills this process before any handler runs, and then ends the group that it has given to it: what has left that group would
// stay (cmpserver/plugin/plugin.go of Argo CD 3.5).
import { readFileSync } from 'node:fs';

/** Whether the process leads a group: the third field behind the name, https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
export function leadsItsGroup(pid: number): boolean {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]) === pid;
  } catch {
    // There is no such file but on Linux.
    return false;
  }
}
