package io.firesteel.local.kubernetes.http.request;

import io.firesteel.local.kubernetes.store.ApiException;
import io.firesteel.local.kubernetes.store.FieldSelector;
import io.firesteel.local.kubernetes.store.LabelSelector;
import io.firesteel.local.kubernetes.store.ResourceKind;
import io.firesteel.local.kubernetes.store.SelectionPredicate;
import io.firesteel.local.kubernetes.watch.WatchRequest;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of a list or watch.
 *
 * @param limit 0 for no limit
 * @param continueToken empty for the first page
 * @param resourceVersion empty if absent
 */
public record ListOptions(
    SelectionPredicate selection,
    int limit,
    String continueToken,
    String resourceVersion,
    String resourceVersionMatch,
    boolean watch,
    boolean allowWatchBookmarks,
    boolean sendInitialEvents,
    long timeoutSeconds) {

  public static ListOptions read(ResourcePath path, HttpServerRequest request) {
    FieldSelector fields = FieldSelector.parse(path.kind(), parameter(request, "fieldSelector"));
    if (!path.name().isEmpty()) {
      fields =
          new FieldSelector(
              List.of(new FieldSelector.Requirement("metadata.name", true, path.name())));
    }
    return new ListOptions(
        new SelectionPredicate(
            path.namespace(), LabelSelector.parse(parameter(request, "labelSelector")), fields),
        (int) Math.min(Integer.MAX_VALUE, longParameter(request, "limit")),
        parameter(request, "continue"),
        parameter(request, "resourceVersion"),
        parameter(request, "resourceVersionMatch"),
        booleanParameter(request, "watch"),
        booleanParameter(request, "allowWatchBookmarks"),
        booleanParameter(request, "sendInitialEvents"),
        longParameter(request, "timeoutSeconds"));
  }

  public WatchRequest watchRequest(ResourceKind kind) {
    boolean fromNow = resourceVersion.isEmpty() || resourceVersion.equals("0") || sendInitialEvents;
    return new WatchRequest(
        kind, selection, fromNow ? 0 : revision(), fromNow, allowWatchBookmarks, sendInitialEvents);
  }

  /** The resource version as a number, 0 if absent. */
  public long revision() {
    if (resourceVersion.isEmpty()) {
      return 0;
    }
    try {
      return Long.parseLong(resourceVersion);
    } catch (NumberFormatException e) {
      throw ApiException.badRequest(
          "resourceVersion: Invalid value: \"" + resourceVersion + "\": not a number");
    }
  }

  public static String parameter(HttpServerRequest request, String name) {
    @Nullable String value = request.getParam(name);
    return value == null ? "" : value;
  }

  public static boolean booleanParameter(HttpServerRequest request, String name) {
    String value = parameter(request, name);
    return value.equals("true") || value.equals("1");
  }

  public static long longParameter(HttpServerRequest request, String name) {
    String value = parameter(request, name);
    try {
      return value.isEmpty() ? 0 : Math.max(0, Long.parseLong(value));
    } catch (NumberFormatException e) {
      throw ApiException.badRequest(name + " is not a number: " + value);
    }
  }
}
