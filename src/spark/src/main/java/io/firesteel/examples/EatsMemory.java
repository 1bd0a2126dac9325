package io.firesteel.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Takes memory until it is killed, first outside the heap, then inside: together more than its
 * container may have. Where nobody kills it, it holds what it could get and waits.
 */
public final class EatsMemory {

  private static final int BITE = 8 << 20;

  private EatsMemory() {}

  public static void main(String[] args) {
    var eaten = new ArrayList<Object>();
    eat(eaten, java.nio.ByteBuffer::allocateDirect);
    eat(eaten, byte[]::new);
    System.out.printf("Holding %d MiB%n", (long) eaten.size() * BITE >> 20);
    while (true) {
      LockSupport.parkNanos(1_000_000_000L);
    }
  }

  private static void eat(List<Object> eaten, java.util.function.IntFunction<Object> bite) {
    try {
      while (true) {
        eaten.add(bite.apply(BITE));
      }
    } catch (OutOfMemoryError full) {
      System.out.println("Full: " + full.getMessage());
    }
  }
}
