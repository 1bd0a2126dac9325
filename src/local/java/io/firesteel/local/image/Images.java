package io.firesteel.local.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.RegistryException;
import io.firesteel.local.LaptopOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code ./firesteel image}: the worker's image. With Docker by its Dockerfile; otherwise as an OCI
 * layout in a tarball, on a base image from a registry or from a saved tarball. Nothing is left
 * behind on failure but caches below {@code target}.
 */
public final class Images {

  private static final String NAME = "firesteel-worker:0.1.0";
  private static final String BASE = "eclipse-temurin:25.0.1_8-jre-noble";
  private static final long DOCKER_ANSWERS_WITHIN_SECONDS = 10;

  private Images() {}

  /** What was asked for; without a base Docker is used where it is there. */
  private record Arguments(@Nullable String base, Path tarball) {

    static Arguments parse(Path home, List<String> words) {
      String base = null;
      Path tarball = home.resolve("target/firesteel-worker.tar");
      Deque<String> rest = new ArrayDeque<>(words);
      while (!rest.isEmpty()) {
        String option = rest.pop();
        if (rest.isEmpty()) {
          throw new IllegalArgumentException(option + " needs a value; see ./firesteel help");
        }
        switch (option) {
          case "--base" -> base = rest.pop();
          case "--to" -> tarball = Path.of(rest.pop()).toAbsolutePath();
          default -> throw new IllegalArgumentException("unknown option " + option);
        }
      }
      return new Arguments(base, tarball);
    }
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Path home = LaptopOptions.checkoutHome();
    try {
      Arguments asked = Arguments.parse(home, List.of(args));
      String base = asked.base();
      if (base == null && dockerAnswers()) {
        System.exit(docker(home));
      }
      new WorkerImage(home, NAME).writeTo(asked.tarball(), base == null ? BASE : base);
      System.out.printf("%s as an OCI layout: %s%n", NAME, asked.tarball());
    } catch (IllegalArgumentException | InvalidImageReferenceException e) {
      fail(String.valueOf(e.getMessage()));
    } catch (RegistryException | ExecutionException | CacheDirectoryCreationException e) {
      Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
      fail(
          "cannot get the base image: %s%nGive one that is here: --base FILE.tar (docker save), or"
                  .formatted(cause)
              + " --base scratch for our layers alone");
    }
  }

  private static void fail(String message) {
    System.err.println("firesteel image: " + message);
    System.exit(2);
  }

  private static boolean dockerAnswers() throws InterruptedException {
    try {
      Process info =
          new ProcessBuilder("docker", "info")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean answered = info.waitFor(DOCKER_ANSWERS_WITHIN_SECONDS, TimeUnit.SECONDS);
      info.destroyForcibly();
      return answered && info.exitValue() == 0;
    } catch (IOException _) {
      return false;
    }
  }

  private static int docker(Path home) throws IOException, InterruptedException {
    return new ProcessBuilder(
            "docker", "build", "-f", "docker/worker-jvm.Dockerfile", "-t", NAME, ".")
        .directory(home.toFile())
        .inheritIO()
        .start()
        .waitFor();
  }
}
