package io.firesteel.trigger;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers the newest writing of each object, so that a late notification of an older one can be
 * dropped. Holds the objects heard of last, up to a limit, for as long as the worker lives; what it
 * has forgotten counts as new. Thread-safe.
 */
public final class Sequencers {

  private static final int MOST = 200_000;

  private final Map<String, String> newest = new LinkedHashMap<>(1024, 0.75f, true);

  /** Whether a newer writing of the same object is known; otherwise remembers this one. */
  public synchronized boolean isOutdated(ObjectArrival arrival) {
    String order = arrival.order();
    if (order == null) {
      return false;
    }
    String known = newest.get(arrival.object());
    if (known != null && known.compareTo(order) > 0) {
      return true;
    }
    newest.put(arrival.object(), order);
    if (newest.size() > MOST) {
      newest.remove(newest.keySet().iterator().next());
    }
    return false;
  }
}
