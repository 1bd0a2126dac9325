package io.firesteel.local.kubernetes.http.request;

import java.util.Map;

/**
 * Field numbers of the protobuf messages that {@link ProtobufBody} reads, from the {@code
 * generated.proto} files of Kubernetes.
 */
final class ProtobufTypes {
  /** How a field is written. */
  enum Form {
    TEXT,
    TEXTS,
    NUMBER,
    BOOLEAN,
    TIME,
    MESSAGE,
    MESSAGES,
    TEXT_MAP,
    BYTES_MAP,
    QUANTITY_MAP
  }

  /** One field; {@code fields} are those of the message in it. */
  record Field(String name, Form form, Map<Integer, Field> fields) {}

  static final Map<Integer, Field> TYPE_META = Map.of(1, text("apiVersion"), 2, text("kind"));
  static final Map<Integer, Field> TIME = Map.of(1, of("seconds", Form.NUMBER));
  static final Map<Integer, Field> QUANTITY = Map.of(1, text("string"));

  private static final Map<Integer, Field> OWNER =
      Map.of(
          1, text("kind"),
          3, text("name"),
          4, text("uid"),
          5, text("apiVersion"),
          6, of("controller", Form.BOOLEAN),
          7, of("blockOwnerDeletion", Form.BOOLEAN));
  private static final Field METADATA =
      new Field(
          "metadata",
          Form.MESSAGE,
          Map.ofEntries(
              Map.entry(1, text("name")),
              Map.entry(2, text("generateName")),
              Map.entry(3, text("namespace")),
              Map.entry(5, text("uid")),
              Map.entry(6, text("resourceVersion")),
              Map.entry(8, of("creationTimestamp", Form.TIME)),
              Map.entry(11, of("labels", Form.TEXT_MAP)),
              Map.entry(12, of("annotations", Form.TEXT_MAP)),
              Map.entry(13, new Field("ownerReferences", Form.MESSAGES, OWNER)),
              Map.entry(14, of("finalizers", Form.TEXTS))));
  private static final Map<Integer, Field> NAME_ONLY = Map.of(1, text("name"));
  private static final Map<Integer, Field> DELETE_OPTIONS =
      Map.of(
          1,
          of("gracePeriodSeconds", Form.NUMBER),
          2,
          new Field(
              "preconditions", Form.MESSAGE, Map.of(1, text("uid"), 2, text("resourceVersion"))),
          3,
          of("orphanDependents", Form.BOOLEAN),
          4,
          text("propagationPolicy"),
          5,
          of("dryRun", Form.TEXTS));
  private static final Map<Integer, Field> RULE =
      Map.of(
          1, of("verbs", Form.TEXTS),
          2, of("apiGroups", Form.TEXTS),
          3, of("resources", Form.TEXTS),
          4, of("resourceNames", Form.TEXTS),
          5, of("nonResourceURLs", Form.TEXTS));
  private static final Map<Integer, Field> SUBJECT =
      Map.of(1, text("kind"), 2, text("apiGroup"), 3, text("name"), 4, text("namespace"));
  private static final Map<Integer, Field> ROLE_REF =
      Map.of(1, text("apiGroup"), 2, text("kind"), 3, text("name"));
  private static final Map<Integer, Field> QUOTA_SPEC =
      Map.of(1, of("hard", Form.QUANTITY_MAP), 2, of("scopes", Form.TEXTS));

  static final Map<String, Map<Integer, Field>> KINDS =
      Map.of(
          "Namespace",
          Map.of(
              1,
              METADATA,
              2,
              new Field("spec", Form.MESSAGE, Map.of(1, of("finalizers", Form.TEXTS)))),
          "Secret",
          Map.of(
              1, METADATA,
              2, of("data", Form.BYTES_MAP),
              3, text("type"),
              4, of("stringData", Form.TEXT_MAP),
              5, of("immutable", Form.BOOLEAN)),
          "ConfigMap",
          Map.of(
              1, METADATA,
              2, of("data", Form.TEXT_MAP),
              3, of("binaryData", Form.BYTES_MAP),
              4, of("immutable", Form.BOOLEAN)),
          "ServiceAccount",
          Map.of(
              1,
              METADATA,
              3,
              new Field("imagePullSecrets", Form.MESSAGES, NAME_ONLY),
              4,
              of("automountServiceAccountToken", Form.BOOLEAN)),
          "Role",
          Map.of(1, METADATA, 2, new Field("rules", Form.MESSAGES, RULE)),
          "RoleBinding",
          Map.of(
              1, METADATA,
              2, new Field("subjects", Form.MESSAGES, SUBJECT),
              3, new Field("roleRef", Form.MESSAGE, ROLE_REF)),
          "ResourceQuota",
          Map.of(1, METADATA, 2, new Field("spec", Form.MESSAGE, QUOTA_SPEC)),
          "DeleteOptions",
          DELETE_OPTIONS,
          "Eviction",
          Map.of(1, METADATA, 2, new Field("deleteOptions", Form.MESSAGE, DELETE_OPTIONS)));

  private ProtobufTypes() {}

  private static Field text(String name) {
    return of(name, Form.TEXT);
  }

  private static Field of(String name, Form form) {
    return new Field(name, form, Map.of());
  }
}
