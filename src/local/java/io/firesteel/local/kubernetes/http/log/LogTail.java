package io.firesteel.local.kubernetes.http.log;

import java.io.IOException;
import java.io.RandomAccessFile;

/** Finds the start of the last lines of a file. */
final class LogTail {
  private static final int BLOCK = 8 * 1024;

  private LogTail() {}

  static long start(RandomAccessFile file, long lines) throws IOException {
    long end = file.length();
    if (lines == 0) {
      return end;
    }
    byte[] block = new byte[BLOCK];
    long found = 0;
    long position = end;
    while (position > 0) {
      int length = (int) Math.min(BLOCK, position);
      position -= length;
      file.seek(position);
      file.readFully(block, 0, length);
      for (int i = length - 1; i >= 0; i--) {
        boolean lastByte = position + i == end - 1;
        if (block[i] == '\n' && !lastByte && ++found == lines) {
          return position + i + 1;
        }
      }
    }
    return 0;
  }
}
