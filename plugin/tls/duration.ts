// Durations as Go prints them: cert-manager stores that form, and Argo CD would show any other as a difference for ever.
// https://pkg.go.dev/time#Duration.String
import { readDuration } from '../settings/duration.ts';

// Go counts nanoseconds in a signed 64-bit integer.
const longest = 2 ** 63 / 1e9;

/** The whole seconds of a Go duration, since X.509 counts no smaller ones; undefined where Go or cert-manager reads none. */
export function readSeconds(text: string): number | undefined {
  const seconds = readDuration(text);
  return seconds === undefined || seconds >= longest ? undefined : Math.floor(seconds);
}

/** Whole seconds as `8760h0m0s`, `5m0s` or `30s`. */
export function printDuration(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  if (hours > 0) return `${hours}h${minutes}m${rest}s`;
  return minutes > 0 ? `${minutes}m${rest}s` : `${rest}s`;
}
