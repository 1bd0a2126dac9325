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
 * {@code ./firesteel image}: builds the worker's image with Docker, or without Docker as a tarball
 * on a base image from a registry or a file. A failure leaves only caches in {@code target}.
 */
public final class Images {

  private static final String NAME = "firesteel-worker:0.1.0";
  private static final String BASE = "eclipse-temurin:25.0.1_8-jre-noble";
  private static final long DOCKER_TIMEOUT_SECONDS = 10;

  private Images() {}

  /** The arguments. Without a base, Docker builds the image if it is available. */
  private record Arguments(@Nullable String base, Path tarball) {

    static Arguments parse(Path home, List<String> arguments) {
      String base = null;
      Path tarball = home.resolve("target/firesteel-worker.tar");
      Deque<String> rest = new ArrayDeque<>(arguments);
      while (!rest.isEmpty()) {
        String option = rest.pop();
        if (rest.isEmpty()) {
          throw new IllegalArgumentException(option + " needs a value; see ./firesteel help");
        }
        switch (option) {
          case "--base" -> base = rest.pop();
          case "--to" -> tarball = Path.of(rest.pop()).toAbsolutePath();
          default ->
              throw new IllegalArgumentException(
                  "unknown option " + option + "; see ./firesteel help");
        }
      }
      return new Arguments(base, tarball);
    }
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Path home = LaptopOptions.checkoutHome();
    try {
      Arguments arguments = Arguments.parse(home, List.of(args));
      String base = arguments.base();
      if (base == null && isDockerAvailable()) {
        System.exit(docker(home));
      }
      new WorkerImage(home, NAME).writeTo(arguments.tarball(), base == null ? BASE : base);
      System.out.printf(
          "Wrote %s to %s, for docker load, ctr -n k8s.io images import, kind load image-archive"
              + " and k3d image import%n",
          NAME, arguments.tarball());
    } catch (IllegalArgumentException | InvalidImageReferenceException e) {
      fail(String.valueOf(e.getMessage()));
    } catch (RegistryException | ExecutionException | CacheDirectoryCreationException e) {
      Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
      fail(
          ("cannot get the base image: %s%nUse a local one with --base FILE (from docker save, or an"
                  + " OCI layout), or --base scratch for an image without a base")
              .formatted(cause));
    }
  }

  private static void fail(String message) {
    System.err.println("firesteel image: " + message);
    System.exit(2);
  }

  private static boolean isDockerAvailable() throws InterruptedException {
    try {
      Process info =
          new ProcessBuilder("docker", "info")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean exited = info.waitFor(DOCKER_TIMEOUT_SECONDS, TimeUnit.SECONDS);
      info.destroyForcibly();
      return exited && info.exitValue() == 0;
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
