package io.firesteel.local.kubernetes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The rest of lists that were asked for in pages. Every page shows the objects as they were when
 * the first was read. Only the most recent lists are kept; who comes too late must begin again
 * (410). Thread-safe.
 */
final class Continuations {
  private static final int MOST = 256;

  private final Map<String, ObjectStore.Snapshot> rests = new LinkedHashMap<>();

  /**
   * One page.
   *
   * @param next the token of the next page, empty after the last
   * @param remaining how many objects follow
   */
  record Page(List<StoredObject> items, long revision, String next, int remaining) {}

  synchronized Page first(ObjectStore.Snapshot all, int limit) {
    return page(all, limit);
  }

  synchronized Page next(String token, int limit) {
    ObjectStore.Snapshot rest = rests.get(token);
    if (rest == null) {
      throw ApiFailure.expired(
          "The provided continue parameter is too old to display a consistent list result. You must"
              + " start a new list without the continue parameter.");
    }
    return page(rest, limit);
  }

  private Page page(ObjectStore.Snapshot all, int limit) {
    List<StoredObject> items = all.items();
    if (limit == 0 || items.size() <= limit) {
      return new Page(items, all.revision(), "", 0);
    }
    String token = UUID.randomUUID().toString();
    rests.put(token, new ObjectStore.Snapshot(items.subList(limit, items.size()), all.revision()));
    if (rests.size() > MOST) {
      rests.remove(rests.keySet().iterator().next());
    }
    return new Page(items.subList(0, limit), all.revision(), token, items.size() - limit);
  }
}
