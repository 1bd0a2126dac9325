package io.firesteel.local.kubelet;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.HashSet;
import java.util.Set;

/**
 * Allocates an address of the loopback network, {@code 127.42.x.y}, to each pod, so that all pods
 * can use the same ports. Linux accepts all of 127.0.0.0/8 without configuration; macOS does not.
 * Released addresses are reused last. Thread-safe.
 */
final class PodIpPool {

  private static final int SIZE = 250 * 250;

  @GuardedBy("this")
  private final Set<Integer> taken = new HashSet<>();

  @GuardedBy("this")
  private int next;

  /** Different starts keep kubelets on one machine apart. */
  PodIpPool(int seed) {
    this.next = Math.floorMod(seed, SIZE);
  }

  synchronized String allocate() {
    if (taken.size() == SIZE) {
      throw new IllegalStateException("No more than " + SIZE + " pods can run at once");
    }
    while (!taken.add(next)) {
      next = (next + 1) % SIZE;
    }
    var number = next;
    next = (next + 1) % SIZE;
    return "127.42.%d.%d".formatted(number / 250 + 1, number % 250 + 1);
  }

  synchronized void release(String address) {
    var parts = address.split("\\.", -1);
    taken.remove((Integer.parseInt(parts[2]) - 1) * 250 + Integer.parseInt(parts[3]) - 1);
  }
}
