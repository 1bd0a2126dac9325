package io.firesteel.local.kubernetes.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All objects of one kind, in the order of lists. Not thread-safe: guarded by the lock of the
 * store.
 */
final class KindStore {
  private final NavigableMap<String, StoredObject> objects = new TreeMap<>();
  private final LabelIndex labels = new LabelIndex();

  @Nullable StoredObject get(String path) {
    return objects.get(path);
  }

  void put(StoredObject object) {
    StoredObject before = objects.put(object.key().path(), object);
    if (before != null && before.labels().equals(object.labels())) {
      return;
    }
    if (before != null) {
      labels.remove(before);
    }
    labels.add(object);
  }

  void remove(String path) {
    StoredObject before = objects.remove(path);
    if (before != null) {
      labels.remove(before);
    }
  }

  List<StoredObject> select(SelectionPredicate selectionPredicate) {
    List<StoredObject> found = new ArrayList<>();
    for (StoredObject candidate : candidates(selectionPredicate)) {
      if (selectionPredicate.matches(candidate)) {
        found.add(candidate);
      }
    }
    return found;
  }

  private Collection<StoredObject> candidates(SelectionPredicate selectionPredicate) {
    Set<String> narrowest = null;
    for (LabelSelector.Requirement requirement : selectionPredicate.labels().requirements()) {
      if (requirement instanceof LabelSelector.Requirement.Equal(String key, String value)) {
        Set<String> paths = labels.with(key, value);
        narrowest = narrowest == null || paths.size() < narrowest.size() ? paths : narrowest;
      }
    }
    // To sort most of the table costs more than to walk through it in order.
    return narrowest != null && narrowest.size() < objects.size() / 4 + 16
        ? sorted(narrowest)
        : inNamespace(selectionPredicate.namespace());
  }

  private Collection<StoredObject> inNamespace(String namespace) {
    // '0' is the character after '/': the range holds every path of the namespace and no other.
    return namespace.isEmpty()
        ? objects.values()
        : objects.subMap(namespace + "/", namespace + "0").values();
  }

  private List<StoredObject> sorted(Set<String> paths) {
    List<StoredObject> found = new ArrayList<>(paths.size());
    for (String path : paths.stream().sorted().toList()) {
      StoredObject object = objects.get(path);
      if (object != null) {
        found.add(object);
      }
    }
    return found;
  }
}
