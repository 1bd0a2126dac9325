package io.firesteel.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The messages of {@code ./firesteel up} when it cannot start. */
final class UpTest {

  private static final int KAFKA = 19092;

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          --workers many,         '--workers needs a number from 0 to 99, not many'
          --workers 100,          '--workers needs a number from 0 to 99, not 100'
          --workers,              '--workers needs a value; see ./firesteel help'
          --wrokers 3,            'unknown option --wrokers; see ./firesteel help'
          --help me,              'unknown option --help; see ./firesteel help'
          extra,                  'unknown option extra; see ./firesteel help'
          --data pom.xml,         'pom.xml is a file; --data needs a folder'
          --definitions /nowhere, 'the folder /nowhere does not exist; --definitions needs a folder of YAML files'
          """)
  void explainsAnInvalidOption(String options, String advice)
      throws IOException, InterruptedException {
    assertThat(up(options.split(" "))).isEqualTo("2 firesteel up: " + advice);
  }

  @Test
  void namesThePortThatASecondPlatformFindsInUse() throws IOException, InterruptedException {
    try (ServerSocket _ = listening()) {
      assertThat(up())
          .isEqualTo(
              "2 firesteel up: port %d is in use; stop the other ./firesteel up or the program that listens on it"
                  .formatted(KAFKA));
    }
  }

  @Test
  void rejectsASecondPlatformInTheSameFolderBeforeAnyChange(@TempDir Path folder)
      throws IOException, InterruptedException {
    Process first = claiming(folder);
    try {
      assertThatThrownBy(() -> FolderLock.acquire(folder))
          .hasMessage("another ./firesteel is using %s; stop it first", folder);
    } finally {
      first.destroyForcibly().waitFor();
    }

    FolderLock.acquire(folder).close();
  }

  /** A process that locks the folder until it is killed. */
  private static Process claiming(Path folder) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LockHolder.class.getName(),
                folder.toString())
            .start();
    assertThat(process.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("claimed");
    return process;
  }

  /** Locks a folder forever. */
  static final class LockHolder {
    public static void main(String[] args) throws IOException {
      try (FolderLock _ = FolderLock.acquire(Path.of(args[0]))) {
        System.out.println("claimed");
        System.in.read();
      }
    }
  }

  /** Another test or platform may use the port. */
  private static ServerSocket listening() throws IOException {
    try {
      return new ServerSocket(KAFKA, 1, InetAddress.getLoopbackAddress());
    } catch (java.net.BindException _) {
      return new ServerSocket(0);
    }
  }

  /** The exit code and the output. */
  private static String up(String... options) throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Up.class.getName()),
                Stream.of(options))
            .toList();
    Process up = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(up.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return up.waitFor() + " " + printed.strip();
  }
}
