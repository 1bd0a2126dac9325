package io.firesteel.spec.quantity;

/** Spark's defaults for the memory that a container needs beside the JVM's heap. */
public final class MemoryOverhead {

  /** The least overhead, in MiB. */
  public static final long MIN_MEBIBYTES = 384;

  private MemoryOverhead() {}

  /** The share of the heap, by whether the application is a JVM's: Python and R need more. */
  public static double factor(boolean jvm) {
    return jvm ? 0.1 : 0.4;
  }
}
