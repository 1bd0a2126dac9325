package io.firesteel.local.kubelet.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Sends signals to processes, or with negative numbers to groups. Ignores those that are gone. */
final class Signals {

  private Signals() {}

  static void send(String signal, Collection<Long> targets) {
    if (targets.isEmpty()) {
      return;
    }
    var command = new ArrayList<>(List.of("kill", "-" + signal, "--"));
    targets.forEach(target -> command.add(target.toString()));
    try {
      new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot send a signal", e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
