package io.firesteel.local.kubelet.process;

import java.nio.file.Path;
import java.util.Map;

/**
 * Finds orphaned container processes: children that left their session, and processes of an earlier
 * kubelet with the same folder. A variable in the environment, which children inherit, names their
 * owner; unlike a stored process id, it is never reused.
 */
public final class OrphanedProcesses {

  private static final String OWNER_VARIABLE = "FIRESTEEL_CONTAINER_OF";

  private OrphanedProcesses() {}

  /** The variables for a pod's containers. */
  public static Map<String, String> ownerEnvironment(Path kubelet, String podUid) {
    return Map.of(OWNER_VARIABLE, owner(kubelet) + podUid);
  }

  /** Kills the processes of one pod; returns their number. */
  public static int killPod(Path kubelet, String podUid) {
    return kill(owner(kubelet) + podUid);
  }

  /** Kills the processes of all pods of this kubelet folder; returns their number. */
  public static int killAll(Path kubelet) {
    return kill(owner(kubelet));
  }

  private static String owner(Path kubelet) {
    return kubelet.toAbsolutePath().normalize() + "#";
  }

  private static int kill(String owner) {
    var found = ProcessTable.withEnvironment(OWNER_VARIABLE, owner);
    Signals.send("KILL", found);
    return found.size();
  }
}
