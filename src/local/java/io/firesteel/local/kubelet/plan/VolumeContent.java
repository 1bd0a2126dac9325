package io.firesteel.local.kubelet.plan;

import java.nio.file.Path;
import java.util.Map;

/** What a volume is to hold, or why it cannot be mounted yet. */
public sealed interface VolumeContent {

  /**
   * Files made from the cluster's objects.
   *
   * @param files by their path within the volume, never leading out of it
   */
  record Files(Map<String, FileContent> files) implements VolumeContent {
    public Files {
      files = Map.copyOf(files);
    }
  }

  /** One file. {@link #toString} leaves out the bytes: they may be secret. */
  record FileContent(byte[] bytes, int mode) {
    @Override
    public String toString() {
      return "Entry[" + bytes.length + " bytes]";
    }
  }

  /** An empty folder that lives and dies with the pod. */
  record EmptyDir() implements VolumeContent {}

  /** A folder or file of this machine; {@code create} says whether it may be made. */
  record HostPath(Path path, boolean create) implements VolumeContent {}

  /** A claim's folder, which outlives the pod. */
  record Claim(String name) implements VolumeContent {}

  /** Not there yet; the message is what a kubelet would say. */
  record Missing(String message) implements VolumeContent {}
}
