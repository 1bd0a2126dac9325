package io.firesteel.local.kubelet.config;

import java.util.List;

/** What runs Python jobs: an interpreter of this machine, if it has PySpark. */
public sealed interface Python {

  /**
   * An interpreter.
   *
   * @param executable its absolute path
   * @param path folders and archives that it needs to import PySpark, for {@code PYTHONPATH}
   */
  record Interpreter(String executable, List<String> path) implements Python {
    public Interpreter {
      path = List.copyOf(path);
    }
  }

  /** No interpreter can run PySpark; the reason says how to get one. */
  record Missing(String reason) implements Python {}
}
