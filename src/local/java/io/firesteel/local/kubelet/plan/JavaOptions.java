package io.firesteel.local.kubelet.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The JVM options of Spark: for a fast start, then those of JavaModuleOptions in its launcher, then
 * those of the job, which take precedence.
 */
final class JavaOptions {

  /** A fast start matters more than peak speed here. */
  private static final List<String> FAST_STARTUP =
      List.of(
          "-Xlog:disable",
          "-Xshare:auto",
          "-XX:-UsePerfData",
          "-XX:TieredStopAtLevel=1",
          "--sun-misc-unsafe-memory-access=allow");

  /** The list of Spark 4.1 without the incubator module, which would disable class-data sharing. */
  private static final List<String> SPARK_MODULE_OPTIONS =
      Stream.concat(
              Stream.of("-XX:+IgnoreUnrecognizedVMOptions"),
              Stream.concat(
                  Stream.of(
                          "java.base/java.lang",
                          "java.base/java.lang.invoke",
                          "java.base/java.lang.reflect",
                          "java.base/java.io",
                          "java.base/java.net",
                          "java.base/java.nio",
                          "java.base/java.util",
                          "java.base/java.util.concurrent",
                          "java.base/java.util.concurrent.atomic",
                          "java.base/jdk.internal.ref",
                          "java.base/sun.nio.ch",
                          "java.base/sun.nio.cs",
                          "java.base/sun.util.calendar",
                          "java.security.jgss/sun.security.krb5")
                      .map(module -> "--add-opens=" + module + "=ALL-UNNAMED"),
                  Stream.of(
                      "-Djdk.reflect.useDirectMethodHandle=false",
                      "-Dio.netty.tryReflectionSetAccessible=true",
                      "-Dio.netty.allocator.type=pooled",
                      "-Dio.netty.handler.ssl.defaultEndpointVerificationAlgorithm=NONE",
                      "--enable-native-access=ALL-UNNAMED")))
          .toList();

  private JavaOptions() {}

  static List<String> startupOptions(List<String> flags, List<String> requested) {
    var options = new ArrayList<>(FAST_STARTUP);
    options.addAll(flags);
    if (requested.stream().noneMatch(option -> option.matches("-XX:\\+Use\\w*GC"))) {
      options.add("-XX:+UseSerialGC");
    }
    options.addAll(SPARK_MODULE_OPTIONS);
    requested.stream().filter(JavaOptions::isForwarded).forEach(options::add);
    return List.copyOf(options);
  }

  /**
   * Filters the list that a driver passes on to its executors, which is meant for the JDK of an
   * image.
   */
  private static boolean isForwarded(String option) {
    return !SPARK_MODULE_OPTIONS.contains(option)
        && !option.equals("--add-modules=jdk.incubator.vector")
        && !option.equals("--add-opens=java.base/sun.security.action=ALL-UNNAMED");
  }

  /** Splits options at spaces outside of quotes. */
  static List<String> split(String line) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    var quote = ' ';
    var begun = false;
    for (var at = 0; at < line.length(); at++) {
      var letter = line.charAt(at);
      if (quote == ' ' ? letter == '"' || letter == '\'' : letter == quote) {
        quote = quote == ' ' ? letter : ' ';
        begun = true;
      } else if (quote == ' ' && Character.isWhitespace(letter)) {
        if (begun) {
          words.add(word.toString());
        }
        word.setLength(0);
        begun = false;
      } else {
        word.append(letter);
        begun = true;
      }
    }
    if (begun) {
      words.add(word.toString());
    }
    return List.copyOf(words);
  }
}
