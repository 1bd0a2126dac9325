package io.firesteel.local.kubernetes;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What Kubernetes accepts as a name, label or key; each check answers what is wrong, if anything.
 */
final class Names {
  private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";
  private static final String SERVICE = "[a-z]([-a-z0-9]*[a-z0-9])?";
  private static final String QUALIFIED = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
  private static final String VALUE = "(" + QUALIFIED + ")?";

  private static final Pattern LABEL_PATTERN = Pattern.compile(LABEL);
  private static final Pattern SUBDOMAIN_PATTERN = Pattern.compile(SUBDOMAIN);
  private static final Pattern SERVICE_PATTERN = Pattern.compile(SERVICE);
  private static final Pattern QUALIFIED_PATTERN = Pattern.compile(QUALIFIED);
  private static final Pattern VALUE_PATTERN = Pattern.compile(VALUE);
  private static final Pattern DATA_KEY_PATTERN = Pattern.compile("[-._a-zA-Z0-9]+");

  private Names() {}

  static Optional<String> wrongNameOf(ResourceKind kind, String name) {
    return switch (kind.plural()) {
      case "services" -> wrongServiceName(name);
      case "namespaces" -> wrongLabel(name);
      case "roles", "rolebindings" ->
          name.contains("/") || name.contains("%") || name.equals(".") || name.equals("..")
              ? Optional.of("may not contain '/' or '%' or be '.' or '..'")
              : Optional.empty();
      default -> wrongSubdomain(name);
    };
  }

  static Optional<String> wrongSubdomain(String name) {
    return wrong(
        name,
        253,
        SUBDOMAIN_PATTERN,
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or"
            + " '.', and must start and end with an alphanumeric character (e.g. 'example.com',"
            + " regex used for validation is '"
            + SUBDOMAIN
            + "')");
  }

  static Optional<String> wrongLabel(String name) {
    return wrong(
        name,
        63,
        LABEL_PATTERN,
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and"
            + " must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc',"
            + " regex used for validation is '"
            + LABEL
            + "')");
  }

  private static Optional<String> wrongServiceName(String name) {
    return wrong(
        name,
        63,
        SERVICE_PATTERN,
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an"
            + " alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or"
            + " 'abc-123', regex used for validation is '"
            + SERVICE
            + "')");
  }

  static Optional<String> wrongLabelKey(String key) {
    int slash = key.indexOf('/');
    Optional<String> prefix =
        slash < 0 ? Optional.empty() : wrongSubdomain(key.substring(0, slash));
    return prefix.isPresent()
        ? prefix.map(why -> "prefix part " + why)
        : wrong(
            key.substring(slash + 1),
            63,
            QUALIFIED_PATTERN,
            "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and"
                + " end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or"
                + " '123-abc', regex used for validation is '"
                + QUALIFIED
                + "')");
  }

  static Optional<String> wrongLabelValue(String value) {
    return wrong(
        value,
        63,
        VALUE_PATTERN,
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or"
            + " '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or"
            + " 'my_value',  or '12345', regex used for validation is '"
            + VALUE
            + "')");
  }

  static Optional<String> wrongDataKey(String key) {
    return wrong(
        key,
        253,
        DATA_KEY_PATTERN,
        "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g."
            + " 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is"
            + " '[-._a-zA-Z0-9]+')");
  }

  private static Optional<String> wrong(String text, int longest, Pattern pattern, String why) {
    if (text.length() > longest) {
      return Optional.of("must be no more than " + longest + " characters");
    }
    return pattern.matcher(text).matches() ? Optional.empty() : Optional.of(why);
  }
}
