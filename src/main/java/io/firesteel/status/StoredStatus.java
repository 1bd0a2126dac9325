package io.firesteel.status;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A record of the status topic as the local table stores it: partition, offset and JSON. The local
 * table outlives the index, which needs the offset.
 */
final class StoredStatus {

  private static final int HEADER = Integer.BYTES + Long.BYTES;

  private StoredStatus() {}

  static byte[] of(int partition, long offset, byte[] json) {
    return ByteBuffer.allocate(HEADER + json.length)
        .putInt(partition)
        .putLong(offset)
        .put(json)
        .array();
  }

  static int partition(byte[] stored) {
    return ByteBuffer.wrap(stored).getInt();
  }

  static long offset(byte[] stored) {
    return ByteBuffer.wrap(stored).getLong(Integer.BYTES);
  }

  static byte[] json(byte[] stored) {
    return Arrays.copyOfRange(stored, HEADER, stored.length);
  }
}
