package io.firesteel.local.kubelet.status;

import io.fabric8.kubernetes.api.model.Container;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The termination message of a container: the file at {@code terminationMessagePath}, or the end of
 * its log after a failure with {@code FallbackToLogsOnError}. The limits are those of the kubelet.
 */
public final class TerminationMessage {

  private static final int FILE_LIMIT = 4096;
  private static final int LOG_LIMIT = 2048;

  private TerminationMessage() {}

  public static @Nullable String of(Container container, Path file, @Nullable Path log) {
    var said = end(file, FILE_LIMIT);
    if (said.isEmpty()
        && log != null
        && "FallbackToLogsOnError".equals(container.getTerminationMessagePolicy())) {
      said = end(log, LOG_LIMIT);
    }
    return said.isEmpty() ? null : said;
  }

  private static String end(Path path, int limit) {
    if (!Files.isRegularFile(path)) {
      return "";
    }
    try (var file = new RandomAccessFile(path.toFile(), "r")) {
      var start = Math.max(0, file.length() - limit);
      var bytes = new byte[(int) (file.length() - start)];
      file.seek(start);
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException _) {
      return "";
    }
  }
}
