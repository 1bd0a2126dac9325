package io.firesteel.local.kubernetes;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The query of a list or watch.
 *
 * @param limit 0 for no limit
 * @param continuation empty at the first page
 * @param resourceVersion empty if not given
 */
record ListRequest(
    Selection selection,
    int limit,
    String continuation,
    String resourceVersion,
    String match,
    boolean watch,
    boolean bookmarks,
    boolean initialEvents,
    long timeoutSeconds) {

  static ListRequest read(ResourcePath path, HttpServerRequest request) {
    FieldSelector fields = FieldSelector.parse(path.kind(), text(request, "fieldSelector"));
    if (!path.name().isEmpty()) {
      fields =
          new FieldSelector(
              List.of(new FieldSelector.Requirement("metadata.name", true, path.name())));
    }
    return new ListRequest(
        new Selection(
            path.namespace(), LabelSelector.parse(text(request, "labelSelector")), fields),
        (int) Math.min(Integer.MAX_VALUE, number(request, "limit")),
        text(request, "continue"),
        text(request, "resourceVersion"),
        text(request, "resourceVersionMatch"),
        flag(request, "watch"),
        flag(request, "allowWatchBookmarks"),
        flag(request, "sendInitialEvents"),
        number(request, "timeoutSeconds"));
  }

  WatchRequest watchOf(ResourceKind kind) {
    boolean fromNow = resourceVersion.isEmpty() || resourceVersion.equals("0") || initialEvents;
    return new WatchRequest(
        kind, selection, fromNow ? 0 : revision(), fromNow, bookmarks, initialEvents);
  }

  /** The version asked for as a number, 0 if none was. */
  long revision() {
    if (resourceVersion.isEmpty()) {
      return 0;
    }
    try {
      return Long.parseLong(resourceVersion);
    } catch (NumberFormatException e) {
      throw ApiFailure.badRequest(
          "resourceVersion: Invalid value: \"" + resourceVersion + "\": not a number");
    }
  }

  static String text(HttpServerRequest request, String name) {
    @Nullable String value = request.getParam(name);
    return value == null ? "" : value;
  }

  static boolean flag(HttpServerRequest request, String name) {
    String value = text(request, name);
    return value.equals("true") || value.equals("1");
  }

  static long number(HttpServerRequest request, String name) {
    String value = text(request, name);
    try {
      return value.isEmpty() ? 0 : Math.max(0, Long.parseLong(value));
    } catch (NumberFormatException e) {
      throw ApiFailure.badRequest(name + " is not a number: " + value);
    }
  }
}
