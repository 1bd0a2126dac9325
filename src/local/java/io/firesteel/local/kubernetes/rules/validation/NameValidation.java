package io.firesteel.local.kubernetes.rules.validation;

import io.firesteel.local.kubernetes.store.ResourceKind;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What Kubernetes accepts as a name, label or key; each check answers what is wrong, if anything.
 */
final class NameValidation {
  private static final String LABEL_REGEX = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final String QUALIFIED_REGEX = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";

  private static final NameFormat LABEL =
      NameFormat.of(
          63,
          LABEL_REGEX,
          "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and"
              + " must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc'");
  private static final NameFormat SUBDOMAIN =
      NameFormat.of(
          253,
          LABEL_REGEX + "(\\." + LABEL_REGEX + ")*",
          "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or"
              + " '.', and must start and end with an alphanumeric character (e.g. 'example.com'");
  private static final NameFormat SERVICE =
      NameFormat.of(
          63,
          "[a-z]([-a-z0-9]*[a-z0-9])?",
          "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an"
              + " alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or"
              + " 'abc-123'");
  private static final NameFormat QUALIFIED =
      NameFormat.of(
          63,
          QUALIFIED_REGEX,
          "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and"
              + " end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or"
              + " '123-abc'");
  private static final NameFormat VALUE =
      NameFormat.of(
          63,
          "(" + QUALIFIED_REGEX + ")?",
          "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or"
              + " '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or"
              + " 'my_value',  or '12345'");
  private static final NameFormat DATA_KEY =
      NameFormat.of(
          253,
          "[-._a-zA-Z0-9]+",
          "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g."
              + " 'key.name',  or 'KEY_NAME',  or 'key-name'");

  private NameValidation() {}

  /**
   * How some names look.
   *
   * @param wrong what Kubernetes says of one that does not
   */
  private record NameFormat(int longest, Pattern pattern, String wrong) {

    static NameFormat of(int longest, String regex, String wrong) {
      return new NameFormat(
          longest,
          Pattern.compile(regex),
          "%s, regex used for validation is '%s')".formatted(wrong, regex));
    }

    Optional<String> wrong(String text) {
      if (text.length() > longest) {
        return Optional.of("must be no more than " + longest + " characters");
      }
      return pattern.matcher(text).matches() ? Optional.empty() : Optional.of(wrong);
    }
  }

  static Optional<String> nameError(ResourceKind kind, String name) {
    return switch (kind.plural()) {
      case "services" -> SERVICE.wrong(name);
      case "namespaces" -> LABEL.wrong(name);
      case "roles", "rolebindings" ->
          name.contains("/") || name.contains("%") || name.equals(".") || name.equals("..")
              ? Optional.of("may not contain '/' or '%' or be '.' or '..'")
              : Optional.empty();
      default -> SUBDOMAIN.wrong(name);
    };
  }

  static Optional<String> dnsLabelError(String name) {
    return LABEL.wrong(name);
  }

  static Optional<String> labelKeyError(String key) {
    int slash = key.indexOf('/');
    Optional<String> prefix =
        slash < 0 ? Optional.empty() : SUBDOMAIN.wrong(key.substring(0, slash));
    return prefix.isPresent()
        ? prefix.map(why -> "prefix part " + why)
        : QUALIFIED.wrong(key.substring(slash + 1));
  }

  static Optional<String> labelValueError(String value) {
    return VALUE.wrong(value);
  }

  static Optional<String> dataKeyError(String key) {
    return DATA_KEY.wrong(key);
  }
}
