package io.firesteel.local.kubelet.plan;

import java.nio.file.Path;
import java.util.Map;

/** The content of a volume, or why it cannot be mounted yet. */
public sealed interface VolumeContent {

  /**
   * Files from objects of the cluster.
   *
   * @param files the files by path; no path leaves the volume
   */
  record Files(Map<String, FileContent> files) implements VolumeContent {
    public Files {
      files = Map.copyOf(files);
    }
  }

  /** One file. {@link #toString} omits the bytes: they may be secret. */
  record FileContent(byte[] bytes, int mode) {
    @Override
    public String toString() {
      return "Entry[" + bytes.length + " bytes]";
    }
  }

  /** An empty folder with the lifetime of the pod. */
  record EmptyDir() implements VolumeContent {}

  /** A local folder or file; {@code create} allows its creation. */
  record HostPath(Path path, boolean create) implements VolumeContent {}

  /** The folder of a claim, which outlives the pod. */
  record Claim(String name) implements VolumeContent {}

  /** Not available, with the message of a kubelet. */
  record Missing(String message) implements VolumeContent {}
}
