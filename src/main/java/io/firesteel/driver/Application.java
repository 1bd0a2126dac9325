package io.firesteel.driver;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What spark-submit is told besides properties.
 *
 * @param resource the main file; {@link #NO_RESOURCE} if the class is on the class path already
 */
record Application(
    String resource, String mainClass, List<String> arguments, @Nullable String proxyUser) {

  /** Spark's word for "no main file". */
  static final String NO_RESOURCE = "spark-internal";

  Application {
    arguments = List.copyOf(arguments);
  }

  /** What kind of driver runs it; spark-submit goes by the ending of the main file. */
  enum Kind {
    JAVA("java"),
    PYTHON("python"),
    R("r");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** The value of {@code spark.kubernetes.resource.type}. */
    String word() {
      return word;
    }
  }

  Kind kind() {
    if (resource.endsWith(".py")) {
      return Kind.PYTHON;
    }
    return resource.endsWith(".R") ? Kind.R : Kind.JAVA;
  }

  /** The class that the driver starts. */
  String runner() {
    return switch (kind()) {
      case JAVA -> mainClass;
      case PYTHON -> "org.apache.spark.deploy.PythonRunner";
      case R -> "org.apache.spark.deploy.RRunner";
    };
  }
}
