package io.firesteel.driver.submit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of spark-submit besides properties.
 *
 * @param resource the main file; {@link #NO_RESOURCE} if the class is on the class path already
 */
public record SubmitArguments(
    String resource, String mainClass, List<String> arguments, @Nullable String proxyUser) {

  /** Spark's name for an absent main file. */
  public static final String NO_RESOURCE = "spark-internal";

  public SubmitArguments {
    arguments = List.copyOf(arguments);
  }

  /** The language; spark-submit derives it from the ending of the main file. */
  public enum Language {
    JAVA("java"),
    PYTHON("python"),
    R("r");

    private final String value;

    Language(String word) {
      this.value = word;
    }

    /** The value of {@code spark.kubernetes.resource.type}. */
    public String value() {
      return value;
    }
  }

  /** The language of the main file. */
  public Language language() {
    if (resource.endsWith(".py")) {
      return Language.PYTHON;
    }
    return resource.endsWith(".R") ? Language.R : Language.JAVA;
  }

  /** The class that the driver starts. */
  public String driverClass() {
    return switch (language()) {
      case JAVA -> mainClass;
      case PYTHON -> "org.apache.spark.deploy.PythonRunner";
      case R -> "org.apache.spark.deploy.RRunner";
    };
  }
}
