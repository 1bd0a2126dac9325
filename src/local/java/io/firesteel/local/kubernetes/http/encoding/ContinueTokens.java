package io.firesteel.local.kubernetes.http.encoding;

import io.firesteel.local.kubernetes.store.ApiException;
import io.firesteel.local.kubernetes.store.ObjectStore;
import io.firesteel.local.kubernetes.store.StoredObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The remaining pages of lists. All pages show the snapshot of the first. Only recent snapshots are
 * kept; an older token gets 410. Thread-safe.
 */
public final class ContinueTokens {
  private static final int MAX_SNAPSHOTS = 256;

  private final Map<String, ObjectStore.Snapshot> snapshots = new LinkedHashMap<>();

  /**
   * One page.
   *
   * @param continueToken the token of the next page, empty after the last
   * @param remainingItemCount the number of objects after this page
   */
  public record Page(
      List<StoredObject> items, long revision, String continueToken, int remainingItemCount) {}

  public synchronized Page firstPage(ObjectStore.Snapshot all, int limit) {
    return page(all, limit);
  }

  public synchronized Page nextPage(String token, int limit) {
    ObjectStore.Snapshot rest = snapshots.get(token);
    if (rest == null) {
      throw ApiException.expired(
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
    snapshots.put(
        token, new ObjectStore.Snapshot(items.subList(limit, items.size()), all.revision()));
    if (snapshots.size() > MAX_SNAPSHOTS) {
      snapshots.remove(snapshots.keySet().iterator().next());
    }
    return new Page(items.subList(0, limit), all.revision(), token, items.size() - limit);
  }
}
