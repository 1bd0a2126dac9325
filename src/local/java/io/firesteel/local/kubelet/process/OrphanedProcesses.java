package io.firesteel.local.kubelet.process;

import java.nio.file.Path;
import java.util.Map;

/**
 * Finds the processes of containers that nobody looks after any more: children that left their
 * container's session, and whatever an earlier kubelet with the same folder left behind. Every
 * process of a container carries a variable that says whose it is, and its children inherit it;
 * unlike a process id in a file, that is never somebody else's.
 */
public final class OrphanedProcesses {

  private static final String OWNER_VARIABLE = "FIRESTEEL_CONTAINER_OF";

  private OrphanedProcesses() {}

  /** What to add to the environment of a pod's containers. */
  public static Map<String, String> ownerEnvironment(Path kubelet, String podUid) {
    return Map.of(OWNER_VARIABLE, owner(kubelet) + podUid);
  }

  /** Kills what is left of one pod; returns how many processes that were. */
  public static int killPod(Path kubelet, String podUid) {
    return kill(owner(kubelet) + podUid);
  }

  /**
   * Kills what is left of every pod of this kubelet folder; returns how many processes that were.
   */
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
