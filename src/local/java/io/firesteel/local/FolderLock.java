package io.firesteel.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * One platform has a folder at a time: two brokers that start in one would spoil each other's
 * metadata before either notices. Goes with the process, however it ends.
 */
public final class FolderLock implements AutoCloseable {

  /** In the folder; it stays, for its removal would let two claim two files. */
  public static final String FILE = "lock";

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Claims a folder, which is made when missing.
   *
   * @throws IllegalArgumentException with a sentence for the user when another process has it
   */
  public static FolderLock acquire(Path folder) throws IOException {
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    @Nullable FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      throw new IllegalArgumentException(
          "another ./firesteel runs in " + folder + "; stop it first");
    }
    return new FolderLock(channel);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
