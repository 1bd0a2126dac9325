package io.firesteel.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/** Rules for names and values that requests and definitions share. */
public final class Names {

  /** A DNS label of RFC 1123; fits namespaces, topics and label values. */
  public static final Rule<String> DNS_LABEL =
      Rule.matching(
          Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?"),
          "1 to 63 lower-case letters, digits and inner hyphens");

  /** The name of most Kubernetes objects. */
  public static final Rule<String> DNS_SUBDOMAIN =
      Rule.matching(
          Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?"),
          "1 to 253 lower-case letters, digits and inner hyphens or dots");

  /** The name of a template's parameter. */
  public static final Rule<String> PARAMETER =
      Rule.matching(
          Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}"),
          "1 to 63 letters, digits and underscores, no digit first");

  /** The priority of a job in its tenant's queue. */
  public static final Rule<Integer> PRIORITY = Rule.integer(-1_000_000, 1_000_000);

  public static final Rule<JsonNode> ANY = new Rule<>("any JSON value", node -> node);

  public static final Rule<JsonNode> OBJECT =
      new Rule<>("an object", node -> node.isObject() ? node : null);

  private Names() {}
}
