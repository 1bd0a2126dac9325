package io.firesteel.spec.validation;

/** Files that only the machine that submits a job can read. */
public final class ClientFiles {

  /** Why such a file is refused. */
  public static final String MESSAGE =
      "is a path on the client's disk, which the driver cannot read";

  /** What to do instead. */
  public static final String REMEDY =
      "use local:// for a file in the image, or a place that the pods can read, such as s3a:// or"
          + " https://";

  private ClientFiles() {}

  /** Whether a file has no scheme or the scheme {@code file}. */
  public static boolean isClientLocal(String file) {
    return !file.contains(":") || file.startsWith("file:");
  }
}
