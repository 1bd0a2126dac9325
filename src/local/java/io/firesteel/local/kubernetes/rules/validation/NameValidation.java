package io.firesteel.local.kubernetes.rules.validation;

import io.firesteel.local.kubernetes.store.ResourceKind;
import java.util.Optional;
import java.util.regex.Pattern;

/** The formats of names, labels and keys in Kubernetes. Each check returns the error, if any. */
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
   * A format of names.
   *
   * @param error Kubernetes' message for a name that does not match
   */
  private record NameFormat(int maxLength, Pattern pattern, String error) {

    static NameFormat of(int maxLength, String regex, String error) {
      return new NameFormat(
          maxLength,
          Pattern.compile(regex),
          "%s, regex used for validation is '%s')".formatted(error, regex));
    }

    Optional<String> error(String text) {
      if (text.length() > maxLength) {
        return Optional.of("must be no more than " + maxLength + " characters");
      }
      return pattern.matcher(text).matches() ? Optional.empty() : Optional.of(error);
    }
  }

  static Optional<String> nameError(ResourceKind kind, String name) {
    return switch (kind.plural()) {
      case "services" -> SERVICE.error(name);
      case "namespaces" -> LABEL.error(name);
      default -> SUBDOMAIN.error(name);
    };
  }

  static Optional<String> dnsLabelError(String name) {
    return LABEL.error(name);
  }

  static Optional<String> labelKeyError(String key) {
    int slash = key.indexOf('/');
    Optional<String> prefix =
        slash < 0 ? Optional.empty() : SUBDOMAIN.error(key.substring(0, slash));
    return prefix.isPresent()
        ? prefix.map(why -> "prefix part " + why)
        : QUALIFIED.error(key.substring(slash + 1));
  }

  static Optional<String> labelValueError(String value) {
    return VALUE.error(value);
  }

  static Optional<String> dataKeyError(String key) {
    return DATA_KEY.error(key);
  }
}
