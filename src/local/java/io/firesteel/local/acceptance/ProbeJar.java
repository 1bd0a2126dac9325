package io.firesteel.local.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;

/**
 * A jar with an application that ends as its argument says: with an exit code, or by filling its
 * heap. It is small enough for a Secret, by which it comes into drivers, and runs on every Java
 * that Spark runs on.
 */
final class ProbeJar {

  static final String NAME = "probe.jar";
  static final String MAIN_CLASS = "Probe";

  /** The argument that fills the heap; any other one is the exit code. */
  static final String FILL = "fill";

  private static final String JAVA_RELEASE = "8";
  private static final String SOURCE =
      """
      public final class Probe {
        public static void main(String[] args) {
          java.util.List<byte[]> memory = new java.util.ArrayList<>();
          while (args[0].equals("fill")) {
            memory.add(new byte[1 << 20]);
          }
          System.exit(Integer.parseInt(args[0]));
        }
      }
      """;

  private ProbeJar() {}

  /** Compiles the application and writes the jar. */
  static void write(Path folder) throws IOException {
    Path source = folder.resolve("Probe.java");
    Files.writeString(source, SOURCE, UTF_8);
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream(),
                "--release",
                JAVA_RELEASE,
                "-d",
                folder.toString(),
                source.toString());
    if (failed != 0) {
      throw new IOException("cannot compile " + source);
    }
    try (var jar = new JarOutputStream(Files.newOutputStream(folder.resolve(NAME)))) {
      jar.putNextEntry(new JarEntry("Probe.class"));
      jar.write(Files.readAllBytes(folder.resolve("Probe.class")));
    }
  }
}
